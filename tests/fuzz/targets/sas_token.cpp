#include "common/sas_token.hpp"
#include "common/redaction.hpp"
#include "fuzz/fuzzing.hpp"

using namespace iothub;
using namespace iothub::fuzz;

namespace {

constexpr std::string_view key = "MDEyMzQ1Njc4OQ==";

// What is made for any resource is read, and was signed with that key alone.
void check_making(std::string_view resource) {
    const auto made = make_sas_token(resource, key, from_unix_seconds(1'767'323'045), resource);
    require(made.has_value(), "a token can be made for any resource");
    const auto read = sas_token::parse(*made);
    if (!read) {
        require(made->size() > 8192, "a token that was made is read");
        return;
    }
    require(read->signed_with(key), "it was signed with its key");
    require(!read->signed_with("b3RoZXI="), "and with no other");
    require(read->policy_name == resource, "and names its policy");
    std::string changed = *made;
    changed[place_in(resource, changed.size()) - 1] ^= 1;
    const auto other = sas_token::parse(changed);
    require(!other || !other->signed_with(key) ||
                (other->resource == read->resource && other->expiry_text == read->expiry_text),
            "what is signed cannot be changed");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view text = text_of(bytes, size);
    const auto token = sas_token::parse(text);
    if (token) {
        require(!token->signed_with(key) || text.find("sig=") != text.npos, "it has a signature");
        require(token->signed_with_text("0123456789") == token->signed_with(key),
                "a key and its text sign alike");
        for (const std::string& segment : token->path()) {
            require(!segment.empty() && segment.find('/') == segment.npos,
                    "segments are not empty and hold no slash");
        }
    } else {
        require(is_one_line(token.error().message) && is_one_line(token.error().detail),
                "a refusal is one line");
    }
    check_making(text);
    return 0;
}
