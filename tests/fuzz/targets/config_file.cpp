#include "emulator/app/config_file.hpp"
#include "common/json.hpp"
#include "emulator/app/certificate_verifier.hpp"
#include "emulator/app/start_up_error.hpp"
#include "fuzz/fuzzing.hpp"
#include "support/memory_hub.hpp"

using namespace iothub;
using namespace iothub::fuzz;

namespace {

struct certified_hub {
    test::manual_clock clock;
    test::fixed_ids ids;
    test::recording_log log;
    storage::memory_store store;
    core::hub hub{store, clock, ids, log, {.certificates = &app::openssl_certificates()}};
};

// Only a parent that is no IoT Edge device is not seen by the file alone: the hub may have had it.
bool is_seeded(certified_hub& fresh, const app::seed& wanted) {
    try {
        app::apply_seed(fresh.hub, wanted);
        return true;
    } catch (const app::start_up_error& e) {
        require(std::string(e.what()).find("parent") != std::string::npos, e.what());
        require(is_one_line(e.what()), "a mistake is one line");
        require(fresh.store.count_identities().devices == 0, "nothing is kept of a mistake");
        return false;
    }
}

} // namespace

// No file of the machine is where the text could name it by a relative path.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view text = text_of(bytes, size);
    app::options read;
    const auto applied = app::apply_config_text(text, "/nowhere/config.json", read);
    if (!applied) {
        require(applied.error().message.starts_with("/nowhere/config.json"),
                "a mistake is told with the file's name");
        require(is_one_line(applied.error().message),
                "a mistake is one line: " + applied.error().message);
        return 0;
    }
    certified_hub fresh;
    if (!is_seeded(fresh, read.seed)) {
        return 0;
    }
    for (const app::seeded_identity& one : read.seed.identities) {
        require(fresh.store.find_twin(one.request.key).has_value(), "what is seeded is there");
    }
    return 0;
}
