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

TEST_CASE("a host by its address in version 6, or by a name without a dot", "[blob-storage]") {
    core::blob_storage read;
    CHECK(read_blob_storage(document("https://[::1]:65535/a"), read).empty());
    CHECK(read.host == "[::1]:65535");
    CHECK(read.account == "a");
    CHECK(read_blob_storage(document("https://azurite/a/"), read).empty());
    CHECK(read.host == "azurite");
}

TEST_CASE("what is wrong with an endpoint is said", "[blob-storage]") {
    const auto [endpoint, part] = GENERATE(Catch::Generators::table<const char*, std::string>({
        {"http://127.0.0.1:10000/a", "must begin with https://"},
        {"https://", "the name or the address of a host"},
        {"https://:10000/a", "the name or the address of a host"},
        {"https://[::1/a", "the name or the address of a host"},
        {"https://[::x]/a", "the name or the address of a host"},
        {"https://[]/a", "the name or the address of a host"},
        {"https://h:/a", "a port from 1 to 65535"},
        {"https://h:0/a", "a port from 1 to 65535"},
        {"https://h:65536/a", "a port from 1 to 65535"},
        {"https://h:1:2/a", "a port from 1 to 65535"},
        {"https://h:1x/a", "a port from 1 to 65535"},
        {"https://127.0.0.1", "must name the account behind the host"},
        {"https://[::1]", "must name the account behind the host"},
        {"https://localhost", "must name the account behind the host"},
        {"https://acc.blob.local:10000", "must name the account behind the host"},
        {"https://127.0.0.1:10000//", "nothing but the account's name"},
        {"https://127.0.0.1:10000/a/uploads", "nothing but the account's name"},
        {"https://.blob.core.windows.net", "nothing but the account's name"},
    }));
    CAPTURE(endpoint);
    core::blob_storage read;
    const fault f = read_blob_storage(document(endpoint), read);
    CHECK(f.place == "endpoint");
    CHECK_THAT(f.rule, Catch::Contains(part));
}

TEST_CASE("notifications of uploads are made where they are asked for", "[blob-storage]") {
    core::blob_storage read;
    json given = document("https://h/a");
    CHECK(read_blob_storage(given, read).empty());
    CHECK_FALSE(read.notifications);
    given["notifications"] = true;
    CHECK(read_blob_storage(given, read).empty());
    CHECK(read.notifications);
    given["notifications"] = "yes";
    CHECK(read_blob_storage(given, read).place == "notifications");
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
