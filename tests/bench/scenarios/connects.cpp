#include <chrono>
#include <list>

#include "bench/identities.hpp"
#include "bench/load/process.hpp"
#include "bench/scenarios/scenarios.hpp"
#include "bench/scenarios/sessions.hpp"

namespace iothub::bench {

namespace {

using steady = std::chrono::steady_clock;

// Keeps so many attempts under way at a time, each by the next identity.
class arrival_stream {
public:
    arrival_stream(reactor& loop, const arguments& given)
        : loop_(loop)
        , port_(given.port())
        , target_(given.text("target"))
        , at_a_time_(given.count("connections"))
        , identities_(given.count("identities")) {}

    // How many have connected when the time is over.
    std::uint64_t run_for(double seconds) {
        const auto end =
            steady::now() + std::chrono::nanoseconds(static_cast<std::int64_t>(seconds * 1e9));
        std::uint64_t connected = 0;
        while (steady::now() < end) {
            while (attempts_.size() < at_a_time_) {
                attempts_.emplace_back(loop_, port_, login_at(target_, next_++ % identities_));
            }
            loop_.run_once(end);
            connected +=
                std::erase_if(attempts_, [](const auto& one) { return one.established(); });
        }
        return connected;
    }

private:
    reactor& loop_;
    std::uint16_t port_;
    std::string target_;
    std::size_t at_a_time_;
    std::size_t identities_;
    std::size_t next_ = 0;
    std::list<session_user> attempts_;
};

} // namespace

void connects(const arguments& given) {
    reactor loop;
    const load_settings settings = settings_in(given);
    arrival_stream stream(loop, given);
    stream.run_for(settings.warm_up);
    const double used_before = processor_seconds(settings.server);
    const auto connected = static_cast<double>(stream.run_for(settings.seconds));
    const double used = processor_seconds(settings.server) - used_before;
    print({.per_second = connected / settings.seconds, .busy = used / settings.seconds});
}

} // namespace iothub::bench
