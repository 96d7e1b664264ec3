#include "common/redaction.hpp"

#include "support/catch.hpp"

namespace iothub {

namespace {

bool hides(const std::string& line) {
    const std::string shown = redacted(line);
    CAPTURE(line, shown);
    return shown.find("topsecret") == std::string::npos &&
           shown.find("[redacted]") != std::string::npos;
}

} // namespace

TEST_CASE("a line without secrets is left as it is", "[redaction]") {
    const std::string line = GENERATE("", "device d connected over MQTT",
                                      "HostName=h;DeviceId=d;SharedAccessKeyName=iothubowner",
                                      "the signature (sig) of the SAS token is not base64");
    CHECK(redacted(line) == line);
}

TEST_CASE("the secret goes and what is around it stays", "[redaction]") {
    CHECK(redacted("HostName=h;SharedAccessKey=topsecret==;DeviceId=d") ==
          "HostName=h;SharedAccessKey=[redacted];DeviceId=d");
    CHECK(redacted("sr=h&sig=topsecret%3D&se=5") == "sr=h&sig=[redacted]&se=5");
    CHECK(redacted(R"({"primaryKey":"topsecret","secondaryKey":"topsecret","type":"sas"})") ==
          R"({"primaryKey":"[redacted]","secondaryKey":"[redacted]","type":"sas"})");
}

TEST_CASE("keys are hidden in every form a line may carry", "[redaction]") {
    const std::string line = GENERATE(
        "SharedAccessKey=topsecret", "sharedaccesskey=topsecret", "x SharedAccessKey=topsecret y",
        R"("primaryKey":"topsecret")", R"("primaryKey": "topsecret")",
        R"("secondaryKey" : "topsecret")", R"("PrimaryKey":"topsecret")", "primaryKey=topsecret",
        "secondaryKey: topsecret", R"('primaryKey': 'topsecret')");
    CHECK(hides(line));
}

TEST_CASE("tokens are hidden in every form a line may carry", "[redaction]") {
    const std::string line =
        GENERATE("SharedAccessSignature sr=h&sig=topsecret&se=5", "sig=topsecret", "SIG=topsecret",
                 "SharedAccessSignature=SharedAccessSignature sr=h&sig=topsecret&se=5;x509=true",
                 "Authorization: Bearer topsecret", "authorization:topsecret",
                 "Authorization: SharedAccessSignature sr=h&sig=topsecret",
                 "?sv=1&sig=topsecret&se=2", R"("Authorization":"Bearer topsecret")");
    CHECK(hides(line));
}

TEST_CASE("PEM private keys of every kind are hidden", "[redaction]") {
    const std::string kind = GENERATE("PRIVATE KEY", "EC PRIVATE KEY", "RSA PRIVATE KEY",
                                      "ENCRYPTED PRIVATE KEY", "DSA PRIVATE KEY");
    CHECK(hides("read -----BEGIN " + kind + "-----\ntopsecret\n-----END " + kind + "-----\n"));
}

TEST_CASE("a certificate is no secret", "[redaction]") {
    const std::string line = "-----BEGIN CERTIFICATE----- MIIB";
    CHECK(redacted(line) == line);
}

TEST_CASE("control characters cannot forge a line or steer a terminal", "[redaction]") {
    CHECK(redacted("a\nb\r\tc") == "a\\x0ab\\x0d\\x09c");
    CHECK(redacted("\x1b[2J\x7f") == "\\x1b[2J\\x7f");
    CHECK(redacted(std::string_view("a\0b", 3)) == "a\\x00b");
    CHECK(redacted("a\xc2\x9b"
                   "2J") == "a\\xc2\\x9b2J");
}

TEST_CASE("text beyond ASCII is left as it is", "[redaction]") {
    CHECK(redacted("Ger\xc3\xa4t \xc2\xa0 \xe2\x82\xac") == "Ger\xc3\xa4t \xc2\xa0 \xe2\x82\xac");
}

TEST_CASE("a line that ends in a name or in the middle of one is left whole", "[redaction]") {
    CHECK(redacted("SharedAccessKey") == "SharedAccessKey");
    CHECK(redacted("-----BEGIN ") == "-----BEGIN ");
    CHECK(redacted("sig=") == "sig=[redacted]");
}

} // namespace iothub
