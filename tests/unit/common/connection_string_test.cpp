#include "common/connection_string.hpp"

#include "support/catch.hpp"

namespace iothub {

TEST_CASE("a connection string of a device with a key is read", "[connection_string]") {
    const auto s = connection_string::parse("HostName=h;DeviceId=d;SharedAccessKey=a2V5Cg==");
    REQUIRE(s);
    CHECK(s->host_name == "h");
    CHECK(s->device_id == "d");
    CHECK(s->shared_access_key == "a2V5Cg==");
    CHECK(s->module_id.empty());
    CHECK_FALSE(s->x509);
}

TEST_CASE("a connection string with a ready token keeps every = of it", "[connection_string]") {
    const auto s = connection_string::parse("HostName=h;DeviceId=d;SharedAccessSignature="
                                            "SharedAccessSignature sr=h%2Fdevices%2Fd&sig=x&se=1");
    REQUIRE(s);
    CHECK(s->shared_access_signature == "SharedAccessSignature sr=h%2Fdevices%2Fd&sig=x&se=1");
    CHECK(s->shared_access_key.empty());
}

TEST_CASE("a connection string is split into its parts, by keys in lower case",
          "[connection_string]") {
    const auto parts = split_connection_string("Endpoint=sb://h:1/;EntityPath=e=f;;Empty=");
    REQUIRE(parts);
    CHECK(*parts == std::map<std::string, std::string>{
                        {"endpoint", "sb://h:1/"}, {"entitypath", "e=f"}, {"empty", ""}});
    CHECK(split_connection_string("")->empty());
    CHECK_FALSE(split_connection_string("a=1;A=2"));
    CHECK_FALSE(split_connection_string("a=1;b"));
}

TEST_CASE("both spellings of X.509 are read", "[connection_string]") {
    CHECK(connection_string::parse("HostName=h;DeviceId=d;x509=true")->x509);
    CHECK(connection_string::parse("HostName=h;DeviceId=d;X509Cert=True")->x509);
    CHECK_FALSE(connection_string::parse("HostName=h;DeviceId=d;x509=false")->x509);
}

TEST_CASE("a connection string of a module behind a gateway is read", "[connection_string]") {
    const auto s = connection_string::parse(
        "HostName=h.example:8443;DeviceId=d;ModuleId=m;SharedAccessKey=a2V5;GatewayHostName=g:1");
    REQUIRE(s);
    CHECK(s->host_name == "h.example:8443");
    CHECK(s->module_id == "m");
    CHECK(s->gateway_host_name == "g:1");
}

TEST_CASE("a connection string of a policy is read", "[connection_string]") {
    const auto s = connection_string::parse(
        "HostName=h;SharedAccessKeyName=iothubowner;SharedAccessKey=a2V5;");
    REQUIRE(s);
    CHECK(s->shared_access_key_name == "iothubowner");
    CHECK(s->device_id.empty());
}

TEST_CASE("keys are matched without regard to case, values keep theirs", "[connection_string]") {
    const auto s = connection_string::parse("hostname=H;DEVICEID=D;sharedaccesskey=aBcD");
    REQUIRE(s);
    CHECK(s->host_name == "H");
    CHECK(s->device_id == "D");
    CHECK(s->shared_access_key == "aBcD");
}

TEST_CASE("unknown keys, empty parts and a different order are accepted", "[connection_string]") {
    const auto s = connection_string::parse(";;DeviceId=d;Color=blue;;HostName=h;");
    REQUIRE(s);
    CHECK(s->host_name == "h");
    CHECK(s->device_id == "d");
}

TEST_CASE("a bad connection string is refused with the rule", "[connection_string]") {
    const auto [text, rule] = GENERATE(table<std::string, std::string>({
        {"", "no HostName"},
        {";", "no HostName"},
        {"HostName=", "no HostName"},
        {"DeviceId=d;SharedAccessKey=a2V5", "no HostName"},
        {"HostName=h;DeviceId", "Name=value"},
        {"HostName=h;=d", "Name=value"},
        {"secret-text", "Name=value"},
        {"HostName=h;DeviceId=d;deviceid=e", "twice"},
        {"HostName=h;Color=a;Color=b", "twice"},
    }));
    CAPTURE(text);
    const auto s = connection_string::parse(text);
    REQUIRE_FALSE(s);
    CHECK(s.error().code == errc::argument_invalid);
    CHECK(s.error().message.find(rule) != std::string::npos);
}

TEST_CASE("a refused connection string is not repeated in the error", "[connection_string]") {
    const std::string text = GENERATE("HostName=h;SharedAccessKey=topsecret;SharedAccessKey=other",
                                      "SharedAccessKey=topsecret", "HostName=h;topsecret");
    const auto s = connection_string::parse(text);
    REQUIRE_FALSE(s);
    CHECK(s.error().message.find("topsecret") == std::string::npos);
    CHECK(s.error().detail.find("topsecret") == std::string::npos);
}

TEST_CASE("what is written is read back the same and leaves out what is empty",
          "[connection_string]") {
    const std::string text = GENERATE(
        "HostName=h;DeviceId=d;SharedAccessKey=a2V5Cg==",
        "HostName=h;DeviceId=d;ModuleId=m;SharedAccessKey=a2V5;GatewayHostName=g",
        "HostName=h;SharedAccessKeyName=service;SharedAccessKey=a2V5",
        "HostName=h;DeviceId=d;SharedAccessSignature=SharedAccessSignature sr=h&sig=x&se=1",
        "HostName=h;DeviceId=d;x509=true");
    REQUIRE(connection_string::parse(text));
    CHECK(connection_string::parse(text)->text() == text);
}

} // namespace iothub
