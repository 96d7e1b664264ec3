#pragma once
// SASL as Azure offers it (device protocol §2.1): EXTERNAL, MSSBCBS, ANONYMOUS and PLAIN. Proton's
// own server knows less, so this is put in its place. Used by engine.

#include <functional>
#include <string_view>

struct pn_transport_t;

namespace iothub::amqp {

class sasl {
public:
    // Whether somebody is let in; see engine_user::authenticate().
    using judge = std::function<bool(std::string_view mechanism, std::string_view response)>;

    // Outlives the transport, and is installed before anything is read.
    explicit sasl(judge decide)
        : decide_(std::move(decide)) {}
    void install(pn_transport_t* transport);

    bool decide(std::string_view mechanism, std::string_view response) const {
        return decide_(mechanism, response);
    }

private:
    judge decide_;
};

} // namespace iothub::amqp
