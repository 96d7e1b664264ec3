#include "emulator/core/c2d/feedback_document.hpp"

#include "common/json.hpp"
#include "emulator/core/c2d/message.hpp"
#include "support/catch.hpp"

using namespace iothub;

TEST_CASE("feedback as its receivers read it", "[c2d]") {
    core::feedback_record record{1,
                                 "m1",
                                 "d",
                                 "638",
                                 from_unix_seconds(1'438'100'688),
                                 core::c2d_outcome::delivery_count_exceeded};
    CHECK(core::feedback_document(record).dump() ==
          R"({"originalMessageId":"m1","description":"DeliveryCountExceeded",)"
          R"("deviceGenerationId":"638","deviceId":"d","enqueuedTimeUtc":"2015-07-28T16:24:48Z",)"
          R"("statusCode":"DeliveryCountExceeded"})");
    record.original_message_id.clear();
    record.outcome = core::c2d_outcome::success;
    CHECK(core::feedback_document(std::vector{record, record}).dump() ==
          R"([{"description":"Success","deviceGenerationId":"638","deviceId":"d",)"
          R"("enqueuedTimeUtc":"2015-07-28T16:24:48Z","statusCode":"Success"},)"
          R"({"description":"Success","deviceGenerationId":"638","deviceId":"d",)"
          R"("enqueuedTimeUtc":"2015-07-28T16:24:48Z","statusCode":"Success"}])");
    CHECK(core::feedback_document(std::vector<core::feedback_record>()).dump() == "[]");
}
