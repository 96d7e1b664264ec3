#pragma once
// Cuts recordings into what their protocols are made of.

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

namespace iothub::fuzz {

// The size of what stands at the front; 0 where that cannot be told.
using size_reader = std::size_t (*)(std::string_view);

// The last piece is what has no size, or has not come whole.
inline std::vector<std::string_view> pieces_of(std::string_view recording, size_reader size_at) {
    std::vector<std::string_view> pieces;
    while (!recording.empty()) {
        const std::size_t size = size_at(recording);
        const bool whole = size > 0 && size <= recording.size();
        pieces.push_back(recording.substr(0, whole ? size : recording.npos));
        recording.remove_prefix(pieces.back().size());
    }
    return pieces;
}

inline std::size_t longest_of(const std::vector<std::string_view>& pieces) {
    std::size_t longest = 0;
    for (const std::string_view one : pieces) {
        longest = std::max(longest, one.size());
    }
    return longest;
}

// Calls `send` with the piece, or with both its parts.
template <class Send>
void send_cut(std::string_view piece, std::size_t cut, const Send& send) {
    if (cut == 0 || cut >= piece.size()) {
        send(piece);
    } else {
        send(piece.substr(0, cut));
        send(piece.substr(cut));
    }
}

// A conversation's recording, each piece cut: behind a byte of 0 it goes on from what `begin` does.
template <class Begin, class Send>
void converse(std::string_view sent, std::size_t cut, size_reader size_at, const Begin& begin,
              const Send& send) {
    if (sent.starts_with('\0')) {
        sent.remove_prefix(1);
        begin();
    }
    for (const std::string_view piece : pieces_of(sent, size_at)) {
        send_cut(piece, cut, send);
    }
}

} // namespace iothub::fuzz
