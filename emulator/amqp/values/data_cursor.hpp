#pragma once
// Owns one of Proton's cursors, to be used for one value after the other. Called by the readers and
// writers of messages; links and connections own theirs.

#include <proton/codec.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "emulator/amqp/values/value_codec.hpp"

namespace iothub::amqp {

class data_cursor {
public:
    data_cursor()
        : data_(pn_data(16)) {}

    // The value that `bytes` are, which value_scan let pass; nothing where Proton sees another end.
    std::optional<value> decode(std::string_view bytes) {
        pn_data_clear(data_.get());
        const ssize_t taken = pn_data_decode(data_.get(), bytes.data(), bytes.size());
        if (taken < 0 || static_cast<std::size_t>(taken) != bytes.size()) {
            return std::nullopt;
        }
        return read_whole(data_.get());
    }

    // Appends `what` with this descriptor to `out`, encoded.
    void encode(std::uint64_t descriptor, const value& what, std::string& out) {
        pn_data_t* data = data_.get();
        pn_data_clear(data);
        pn_data_put_described(data);
        pn_data_enter(data);
        pn_data_put_ulong(data, descriptor);
        write_value(data, what);
        pn_data_exit(data);
        const ssize_t size = pn_data_encoded_size(data);
        if (size <= 0) {
            return;
        }
        const std::size_t before = out.size();
        out.resize(before + static_cast<std::size_t>(size));
        pn_data_encode(data, out.data() + before, static_cast<std::size_t>(size));
    }

private:
    struct free_data {
        void operator()(pn_data_t* data) const { pn_data_free(data); }
    };
    std::unique_ptr<pn_data_t, free_data> data_;
};

} // namespace iothub::amqp
