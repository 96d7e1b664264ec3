#include "emulator/app/blob_storage_document.hpp"

#include "common/json.hpp"
#include "support/catch.hpp"

namespace iothub::app {

namespace {

json document(const char* endpoint) {
    return {{"endpoint", endpoint}, {"container", "uploads"}, {"accountKey", "MDEyMw=="}};
}

} // namespace

TEST_CASE("an Azurite-style endpoint has the account in its path", "[blob-storage]") {
    core::blob_storage read;
    const fault f = read_blob_storage(document("https://127.0.0.1:10000/devstoreaccount1"), read);
    CHECK(f.empty());
    CHECK(read.host == "127.0.0.1:10000");
    CHECK(read.account == "devstoreaccount1");
    CHECK(read.account_in_path);
    CHECK(read.container == "uploads");
    CHECK(read.account_key == "MDEyMw==");
}

TEST_CASE("Azure's own endpoint has it in the host", "[blob-storage]") {
    core::blob_storage read;
    CHECK(read_blob_storage(document("https://acc.blob.core.windows.net/"), read).empty());
    CHECK(read.host == "acc.blob.core.windows.net");
    CHECK(read.account == "acc");
    CHECK_FALSE(read.account_in_path);
}

TEST_CASE("a mistake in blobStorage is told with its place", "[blob-storage]") {
    core::blob_storage read;
    for (const char* endpoint : {"http://127.0.0.1/a", "https://", "https:///a", "https://h/a/b",
                                 "https://h h/a", "https://h/a?b", "127.0.0.1"}) {
        CAPTURE(endpoint);
        CHECK(read_blob_storage(document(endpoint), read).place == "endpoint");
    }
    json wrong = document("https://h/a");
    wrong["accountKey"] = "no base64!";
    CHECK(read_blob_storage(wrong, read).place == "accountKey");
    wrong = document("https://h/a");
    wrong["container"] = "a/b";
    CHECK(read_blob_storage(wrong, read).place == "container");
    wrong = document("https://h/a");
    wrong["surplus"] = 1;
    CHECK(read_blob_storage(wrong, read).unknown_key);
    wrong = document("https://h/a");
    wrong.erase("container");
    CHECK_FALSE(read_blob_storage(wrong, read).empty());
    CHECK_FALSE(read_blob_storage(json::array(), read).empty());
}

} // namespace iothub::app
