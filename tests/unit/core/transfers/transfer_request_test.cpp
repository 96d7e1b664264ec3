#include "emulator/core/transfers/transfer_request.hpp"

#include "common/json.hpp"
#include "common/json_text.hpp"
#include "support/catch.hpp"

namespace iothub::core {

namespace {

result<transfer_request> read(const std::string& text) {
    return read_transfer_request(parse_json(text).value());
}

} // namespace

TEST_CASE("an export, with what it is by default", "[transfers]") {
    const auto request = read(R"({"type":"export","outputBlobContainerUri":"http://s/c"})").value();
    CHECK(request.type == transfer_type::export_devices);
    CHECK(request.output_uri == "http://s/c");
    CHECK(request.devices_blob == "devices.txt");
    CHECK_FALSE(request.exclude_keys);
    CHECK_FALSE(request.configurations_blob);
}

TEST_CASE("an export with everything said, as .NET spells it", "[transfers]") {
    const auto request = read(R"({"jobId":null,"startTimeUtc":"0001-01-01T00:00:00Z","progress":0,
        "type":"Export","outputBlobContainerUri":"http://s/c","outputBlobName":"fleet.txt",
        "inputBlobName":"ignored.txt","excludeKeysInExport":true,"includeConfigurations":true,
        "configurationsBlobName":"c.txt","storageAuthenticationType":"KeyBased"})")
                             .value();
    CHECK(request.devices_blob == "fleet.txt");
    CHECK(request.exclude_keys);
    CHECK(request.configurations_blob == "c.txt");
}

TEST_CASE("an import reads its own blob, and needs both containers", "[transfers]") {
    const auto request = read(R"({"type":"import","inputBlobContainerUri":"http://s/i",
        "outputBlobContainerUri":"http://s/o","inputBlobName":"new.txt","outputBlobName":"x",
        "includeConfigurations":true})")
                             .value();
    CHECK(request.type == transfer_type::import_devices);
    CHECK(request.input_uri == "http://s/i");
    CHECK(request.output_uri == "http://s/o");
    CHECK(request.devices_blob == "new.txt");
    CHECK(request.configurations_blob == "configurations.txt");
}

TEST_CASE("requests that cannot be meant name the member", "[transfers]") {
    const auto [text, member] = GENERATE(table<std::string, std::string>({
        {R"({"outputBlobContainerUri":"u"})", "type"},
        {R"({"type":"backup","outputBlobContainerUri":"u"})", "type"},
        {R"({"type":7,"outputBlobContainerUri":"u"})", "type"},
        {R"({"type":"export"})", "outputBlobContainerUri"},
        {R"({"type":"export","outputBlobContainerUri":""})", "outputBlobContainerUri"},
        {R"({"type":"export","outputBlobContainerUri":["u"]})", "outputBlobContainerUri"},
        {R"({"type":"import","outputBlobContainerUri":"u"})", "inputBlobContainerUri"},
        {R"({"type":"import","inputBlobContainerUri":"u"})", "outputBlobContainerUri"},
        {R"({"type":"export","outputBlobContainerUri":"u","excludeKeysInExport":"yes"})",
         "excludeKeysInExport"},
        {R"({"type":"export","outputBlobContainerUri":"u","outputBlobName":"a\nb"})",
         "outputBlobName"},
        {R"({"type":"export","outputBlobContainerUri":"u","outputBlobName":")" +
             std::string(1025, 'x') + "\"}",
         "outputBlobName"},
        {R"({"type":"export","outputBlobContainerUri":"u",
             "storageAuthenticationType":"keyless"})",
         "storageAuthenticationType"},
    }));
    const auto request = read(text);
    REQUIRE_FALSE(request);
    CHECK(request.error().code == errc::argument_invalid);
    CHECK(request.error().message.find(member) != std::string::npos);
}

TEST_CASE("a hub has no identity that could open a container", "[transfers]") {
    const auto request = read(R"({"type":"export","outputBlobContainerUri":"u",
        "storageAuthenticationType":"IdentityBased"})");
    REQUIRE_FALSE(request);
    CHECK(request.error().code == errc::managed_identity_not_enabled);
}

} // namespace iothub::core
