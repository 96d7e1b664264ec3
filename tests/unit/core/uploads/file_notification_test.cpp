// What a back end is told of a file, and how the store keeps it.
#include "emulator/core/uploads/file_notification.hpp"

#include "common/json.hpp"
#include "common/json_text.hpp"
#include "support/catch.hpp"

namespace iothub::core {

namespace {

file_notification sample() {
    file_notification what;
    what.device_id = "dev";
    what.blob_uri = "https://acc.blob.core.windows.net/c/dev/file";
    what.blob_name = "dev/file";
    what.updated = parse_iso_8601("2016-06-01T21:22:41Z").value();
    what.enqueued = parse_iso_8601("2016-06-01T21:22:43.7996883Z").value();
    what.blob_size = 1234;
    return what;
}

} // namespace

TEST_CASE("a notification as receivers get it", "[uploads]") {
    CHECK(to_text(file_notification_document(sample())) ==
          R"({"deviceId":"dev","blobUri":"https://acc.blob.core.windows.net/c/dev/file",)"
          R"("blobName":"dev/file","lastUpdatedTime":"2016-06-01T21:22:41+00:00",)"
          R"("blobSizeInBytes":1234,"enqueuedTimeUtc":"2016-06-01T21:22:43.7996883Z"})");
}

TEST_CASE("a size that nobody knows is told as 0", "[uploads]") {
    file_notification what = sample();
    what.blob_size.reset();
    CHECK(file_notification_document(what)["blobSizeInBytes"] == 0);
}

TEST_CASE("a notification is kept as it is", "[uploads]") {
    file_notification what = sample();
    CHECK(read_file_notification_record(file_notification_record(what)) == what);
    what.blob_size.reset();
    CHECK(read_file_notification_record(file_notification_record(what)) == what);
    what.blob_size = 0;
    CHECK(read_file_notification_record(file_notification_record(what)) == what);
}

TEST_CASE("a record that is no notification", "[uploads]") {
    const std::string whole = file_notification_record(sample());
    for (const std::string& text :
         {std::string(), std::string("[]"), whole.substr(1), std::string("{}"),
          std::string(R"({"deviceId":1,"lastUpdatedTime":"2016-06-01T21:22:41Z",)"
                      R"("enqueuedTimeUtc":"2016-06-01T21:22:41Z"})"),
          std::string(R"({"lastUpdatedTime":"then","enqueuedTimeUtc":"2016-06-01T21:22:41Z"})")}) {
        CAPTURE(text);
        CHECK_FALSE(read_file_notification_record(text));
    }
}

} // namespace iothub::core
