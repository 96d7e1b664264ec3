#include "common/sas_token.hpp"

#include "support/catch.hpp"

namespace iothub {

namespace {

error refusal_of(const std::string& text) {
    const auto token = sas_token::parse(text);
    REQUIRE_FALSE(token);
    CHECK(token.error().code == errc::unauthorized_access);
    CHECK(token.error().message == "Unauthorized access");
    return token.error();
}

} // namespace

TEST_CASE("another scheme is refused", "[sas_token]") {
    const std::string text =
        GENERATE("", "Bearer eyJ0", "Basic QUJD", "SharedAccessSignature", "sr=h&sig=QUJD&se=5",
                 "SharedAccessKey sr=h&sig=QUJD&se=5", " SharedAccessSignature sr=h&sig=QUJD&se=5");
    CAPTURE(text);
    CHECK(refusal_of(text).detail == "the credential is not a SharedAccessSignature");
}

TEST_CASE("a token that lacks sr, sig or se is refused", "[sas_token]") {
    const std::string fields =
        GENERATE("", "sr=h&sig=QUJD", "sr=h&se=5", "sig=QUJD&se=5", "SR=h&SIG=QUJD&SE=5");
    CAPTURE(fields);
    CHECK(refusal_of("SharedAccessSignature " + fields).detail ==
          "the SAS token lacks sr, sig or se");
}

TEST_CASE("a field that stands twice is refused, even with the same value", "[sas_token]") {
    const std::string again = GENERATE("sr=h", "sig=QUJD", "se=5", "skn=p");
    CAPTURE(again);
    CHECK(refusal_of("SharedAccessSignature sr=h&sig=QUJD&se=5&skn=p&" + again).detail ==
          "the SAS token has a field twice");
}

TEST_CASE("a field without a value is refused", "[sas_token]") {
    const std::string fields =
        GENERATE("sr&sig=QUJD&se=5", "sr=h&&sig=QUJD&se=5", "sr=h&sig=QUJD&se=5&skn", "garbage");
    CAPTURE(fields);
    CHECK(refusal_of("SharedAccessSignature " + fields).detail ==
          "the SAS token has a field without a value");
}

TEST_CASE("an expiry that is not a number of seconds is refused", "[sas_token]") {
    const std::string expiry =
        GENERATE("", "-1", "-9223372036854775808", "tomorrow", "5x", "x5", " 5", "5 ", "+5", "5.0",
                 "1e9", "0x5", "9223372036854775808", "99999999999999999999999999", "%35");
    CAPTURE(expiry);
    CHECK(refusal_of("SharedAccessSignature sr=h&sig=QUJD&se=" + expiry).detail ==
          "the expiry (se) of the SAS token is not a number of seconds");
}

TEST_CASE("an expiry beyond what a time can hold is the end of time", "[sas_token]") {
    const std::string expiry = GENERATE("9223372036854775807", "922337203686");
    const auto token = sas_token::parse("SharedAccessSignature sr=h&sig=QUJD&se=" + expiry);
    REQUIRE(token);
    CHECK(token->expiry == timestamp::max());
    CHECK(token->expiry_text == expiry);
}

TEST_CASE("the last expiry that a time can hold does not overflow", "[sas_token]") {
    const auto token = sas_token::parse("SharedAccessSignature sr=h&sig=QUJD&se=922337203685");
    REQUIRE(token);
    CHECK(unix_seconds(token->expiry) == 922'337'203'685);
    CHECK(token->expiry < timestamp::max());
}

TEST_CASE("a signature that is not base64 is refused", "[sas_token]") {
    const std::string signature = GENERATE("QUJ", "QU%4", "QU%zz", "Q U=", "QUJD\n", "%00AAA");
    CAPTURE(signature);
    CHECK(refusal_of("SharedAccessSignature sr=h&se=5&sig=" + signature).detail ==
          "the signature (sig) of the SAS token is not base64");
}

TEST_CASE("a token of 8192 characters is read, a longer one is refused", "[sas_token]") {
    const std::string head = "SharedAccessSignature sig=QUJD&se=5&sr=";
    CHECK(sas_token::parse(head + std::string(8192 - head.size(), 'r')));
    CHECK(refusal_of(head + std::string(8193 - head.size(), 'r')).detail ==
          "the SAS token is longer than 8192 characters");
}

TEST_CASE("a refusal never holds a part of the token", "[sas_token]") {
    const std::string fields = GENERATE("sr=topsecret&sig=topsecret!&se=5", "topsecret",
                                        "sr=h&sig=QUJD&se=topsecret", "topsecret=1&sr=topsecret");
    CAPTURE(fields);
    CHECK(refusal_of("SharedAccessSignature " + fields).detail.find("topsecret") ==
          std::string::npos);
}

} // namespace iothub
