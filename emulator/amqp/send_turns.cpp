#include "emulator/amqp/send_turns.hpp"

#include <algorithm>
#include <utility>

namespace iothub::amqp {

namespace {

void add_once(std::vector<send_turns::sender*>& to, send_turns::sender& one) {
    if (std::ranges::find(to, &one) == to.end()) {
        to.push_back(&one);
    }
}

} // namespace

void send_turns::wait_for_room(sender& one) {
    add_once(waiting_, one);
}

void send_turns::wait_for_peer(sender& one) {
    add_once(for_peer_, one);
}

void send_turns::leave(const sender& one) {
    std::erase(waiting_, &one);
    std::erase(for_peer_, &one);
}

void send_turns::peer_heard() {
    for (sender* one : std::exchange(for_peer_, {})) {
        add_once(waiting_, *one);
    }
}

// Who waits again meanwhile comes after those who have not had their turn.
void send_turns::go_on() {
    for (std::size_t left = waiting_.size(); left > 0 && due(); --left) {
        sender* next = waiting_.front();
        waiting_.erase(waiting_.begin());
        next->go_on();
    }
}

} // namespace iothub::amqp
