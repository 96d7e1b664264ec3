#include "common/connection_string.hpp"
#include "fuzz/fuzzing.hpp"

using namespace iothub;
using namespace iothub::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view text = text_of(bytes, size);
    const auto read = connection_string::parse(text);
    if (!read) {
        return 0;
    }
    require(!read->host_name.empty(), "there is a host");
    const std::string written = read->text();
    const auto again = connection_string::parse(written);
    require(again.has_value(), "what was written is read: " + written);
    require_equal(again->text(), written, "and is the same");
    require(again->host_name == read->host_name && again->x509 == read->x509 &&
                again->shared_access_key == read->shared_access_key &&
                again->shared_access_signature == read->shared_access_signature &&
                again->device_id == read->device_id && again->module_id == read->module_id &&
                again->shared_access_key_name == read->shared_access_key_name &&
                again->gateway_host_name == read->gateway_host_name,
            "in every member");
    return 0;
}
