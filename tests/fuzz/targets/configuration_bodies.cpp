#include "common/json.hpp"
#include "common/json_text.hpp"
#include "emulator/core/configurations/configuration_content.hpp"
#include "emulator/core/configurations/configuration_document.hpp"
#include "emulator/core/configurations/configuration_service.hpp"
#include "emulator/core/twins/twin_validation.hpp"
#include "fuzz/fuzzing.hpp"
#include "support/memory_hub.hpp"

using namespace iothub;
using namespace iothub::fuzz;

namespace {

struct configured_hub : test::memory_hub {
    configured_hub() {
        create({"d", ""});
        create({"d", "m"});
        hub.identities().put({.key = {"edge", ""}, .iot_edge = true}, {}).value();
        settle();
    }

    void settle() {
        static constexpr int enough = 1'000;
        hub.end_turn();
        for (int turns = 0; hub.next_deadline() && *hub.next_deadline() <= clock.now(); ++turns) {
            require(turns < enough, "the hub comes to rest");
            hub.advance();
            hub.end_turn();
        }
    }

    void check_twins() {
        for (const identity_key& key :
             {identity_key{"d", ""}, {"d", "m"}, {"edge", ""}, {"edge", "$edgeAgent"}}) {
            const json values = twin(key).desired.values;
            require(core::section_size(values) <= core::max_properties_size &&
                        core::validate_section("properties.desired", values).has_value(),
                    "a configuration writes what twins may hold: " + values.dump());
        }
    }
};

void check_record(const core::configuration& c) {
    require(core::read_configuration_record(c.id, core::record_text(c)) == c,
            "a configuration is kept as it is");
}

void check_configuration(configured_hub& on, const json& document) {
    const auto wanted = core::read_configuration_document(document, "c");
    if (!wanted) {
        require(is_one_line(wanted.error().message), "a refusal is one line");
        return;
    }
    const auto kept = on.hub.configurations().put(*wanted, {});
    if (!kept) {
        require(is_one_line(kept.error().message), "a refusal is one line");
        return;
    }
    check_record(*kept);
    on.settle();
    on.check_twins();
    const json shown = on.hub.configurations().describe(*kept);
    require(core::read_configuration_document(shown, "c").has_value(),
            "what is shown can be put: " + shown.dump());
    on.hub.configurations().measure({*kept}, [](const json&) {});
    on.settle();
}

} // namespace

// A body, for PUT /configurations, for testQueries, and its content for applyConfigurationContent.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const auto document = parse_json(text_of(bytes, size));
    if (!document || !document->is_object()) {
        return 0;
    }
    configured_hub on;
    check_configuration(on, *document);
    core::test_configuration_queries(*document);
    if (document->contains("content")) {
        on.hub.configurations().apply("edge", (*document)["content"]);
        on.settle();
        on.check_twins();
    }
    return 0;
}
