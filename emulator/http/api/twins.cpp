#include "emulator/http/api/twins.hpp"

#include "common/json.hpp"
#include "emulator/core/hub.hpp"
#include "emulator/core/twins/twin_document.hpp"
#include "emulator/http/call.hpp"
#include "emulator/http/response_stamp.hpp"

namespace iothub::http::api {

namespace {

using write = result<core::twin> (core::twin_service::*)(const identity_key&,
                                                         const core::twin_change&,
                                                         const core::precondition&);

// A twin is shown together with what the registry knows of its owner.
result<http_codec::response> describe(call& c, const result<core::twin>& twin) {
    if (!twin) {
        return twin.error();
    }
    const auto owner = c.hub().identities().get(c.key());
    if (!owner) {
        return owner.error();
    }
    return json_response(200, core::twin_document(*twin, *owner));
}

result<http_codec::response> change_twin(call& c, write how) {
    const auto document = c.document();
    if (!document) {
        return document.error();
    }
    const auto change = core::read_twin_change(*document);
    if (!change) {
        return change.error();
    }
    const auto written = (c.hub().twins().*how)(c.key(), *change, c.demand());
    c.hub().count().twin_writes += written ? 1 : 0;
    return describe(c, written);
}

} // namespace

result<http_codec::response> get_twin(call& c) {
    return describe(c, c.hub().twins().get(c.key()));
}

result<http_codec::response> patch_twin(call& c) {
    return change_twin(c, &core::twin_service::patch);
}

result<http_codec::response> replace_twin(call& c) {
    return change_twin(c, &core::twin_service::replace);
}

} // namespace iothub::http::api
