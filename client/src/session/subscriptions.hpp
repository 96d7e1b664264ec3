#pragma once
// Which topic filters a session wants and which of them the hub has granted on the present
// connection. Operations go out only when nothing that is wanted is open, so that no answer can
// arrive before its subscription.

#include <string>
#include <string_view>
#include <vector>

namespace iothub::client {

class subscriptions {
public:
    void want(std::string_view filter);
    void forget(std::string_view filter);

    // A new connection: everything wanted is to be asked for again.
    void restart();

    // The wanted filters that have not been asked for; asked() says that they have been.
    std::vector<std::string> to_ask() const;
    void asked(int packet_id);

    // An answer. The filters that were refused; they are no longer wanted.
    std::vector<std::string> answered(int packet_id, const std::vector<bool>& granted);

    bool settled() const;

private:
    enum class state { wanted, asked, granted };
    struct entry {
        std::string filter;
        state is = state::wanted;
        int packet_id = 0;
    };

    std::vector<entry> entries_;
};

} // namespace iothub::client
