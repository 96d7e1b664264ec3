#pragma once
// Keeps what one connection puts out by itself within bounds: its nodes that have much to send (the
// readers of partitions) do so in turns, each as long as there is room, and go on when the stream
// has taken what there was. Filled by nodes, emptied by connection.

#include <cstddef>
#include <vector>

#include "emulator/session/machine.hpp"

namespace iothub::amqp {

class send_turns {
public:
    // What may be put out until the stream takes it, and what may wait in a session for the peer.
    static constexpr std::size_t bytes_at_once = session::machine::enough_output;

    class sender {
    public:
        // Sends on, as far as there is room; waits again where there is more.
        virtual void go_on() = 0;

    protected:
        ~sender() = default;
    };

    bool has_room() const { return !held_back_ && spent_ < bytes_at_once; }
    void spent(std::size_t bytes) { spent_ += bytes; }

    // Until there is room, or, for one whose session's window is closed, until the peer was heard.
    void wait_for_room(sender& one);
    void wait_for_peer(sender& one);
    void leave(const sender& one);

    // What the connection says: the peer was heard; the stream has enough to send; it was given
    // what there was; it has sent enough of it.
    void peer_heard();
    void hold_back() { held_back_ = true; }
    void output_taken() { spent_ = 0; }
    void resume() { held_back_ = false; }

    // Whether go_on() would let somebody send.
    bool due() const { return has_room() && !waiting_.empty(); }
    void go_on();

private:
    std::vector<sender*> waiting_; // in the order of their turns
    std::vector<sender*> for_peer_;
    std::size_t spent_ = 0;
    bool held_back_ = false;
};

} // namespace iothub::amqp
