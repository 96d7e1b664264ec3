#include <algorithm>
#include <cstdio>
#include <iterator>
#include <list>

#include "bench/identities.hpp"
#include "bench/scenarios/scenarios.hpp"
#include "bench/scenarios/sessions.hpp"
#include "common/hub_topics.hpp"

namespace iothub::bench {

void idle(const arguments& given) {
    constexpr std::size_t at_a_time = 32;
    reactor loop;
    std::list<session_user> sessions;
    while (sessions.size() < given.count("connections")) {
        const std::size_t before = sessions.size();
        for (std::size_t i = 0; i < at_a_time && sessions.size() < given.count("connections");
             ++i) {
            sessions.emplace_back(loop, given.port(),
                                  login_at(given.text("target"), sessions.size()),
                                  std::string(topics::twin_response_filter));
        }
        loop.run_until([&] {
            return std::all_of(std::next(sessions.begin(), static_cast<std::ptrdiff_t>(before)),
                               sessions.end(), [](const auto& one) { return one.established(); });
        });
    }
    std::puts("ready");
    std::fflush(stdout);
    std::getchar();
}

} // namespace iothub::bench
