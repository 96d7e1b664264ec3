#pragma once
// What became of cloud-to-device messages whose sender asked to be told, as
// registry_client::feedback() gives it: the FeedbackReceiver of the .NET service SDK, over HTTPS. A
// cheap handle; it shares the connections of the registry_client, may outlive it, and may be used
// from any thread.
//
// Every call throws as those of registry_client do. The policy needs ServiceConnect.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "iothub/identities.hpp"

namespace iothub {

namespace client {
class registry_connection;
}

struct feedback_record {
    std::string original_message_id{}; // empty where the message had none
    std::string device_id{};
    std::string device_generation_id{};
    std::string status_code{}; // Success, Expired, DeliveryCountExceeded, Rejected or Purged
    std::string description{};
    std::optional<hub_time> enqueued_time{}; // when it was known
};

struct feedback_batch {
    std::string lock_token{};
    std::optional<hub_time> enqueued_time{};
    std::vector<feedback_record> records{};
};

class feedback_receiver {
public:
    // The oldest batch, which nobody else gets for a minute; nothing where there is none.
    std::optional<feedback_batch> receive() const;

    // Removes a batch. precondition_failed (DeviceMessageLockLost) where the minute is over.
    void complete(std::string_view lock_token) const;

    // Leaves it to the next who asks. precondition_failed likewise.
    void abandon(std::string_view lock_token) const;

private:
    friend class registry_client;
    explicit feedback_receiver(std::shared_ptr<client::registry_connection> connection);

    std::shared_ptr<client::registry_connection> connection_;
};

} // namespace iothub
