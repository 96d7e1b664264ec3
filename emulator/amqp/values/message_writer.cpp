#include <numeric>

#include "emulator/amqp/values/data_cursor.hpp"
#include "emulator/amqp/values/message.hpp"
#include "emulator/amqp/values/properties_codec.hpp"
#include "emulator/amqp/values/section.hpp"
#include "emulator/amqp/values/section_writer.hpp"

namespace iothub::amqp {

namespace {

constexpr std::size_t room_beside_the_data = 512;

class message_writer {
public:
    explicit message_writer(std::size_t room) { out_.reserve(room); }

    void put(section kind, const value& what) {
        cursor_.encode(static_cast<std::uint64_t>(kind), what, out_);
    }

    template <class Key>
    void put_map(section kind, const map& pairs) {
        if (pairs.empty()) {
            return;
        }
        map keyed;
        keyed.reserve(pairs.size());
        for (const auto& [key, what] : pairs) {
            const std::string* text = key.text();
            keyed.emplace_back(text ? value(Key{*text}) : key, what);
        }
        put(kind, value(std::move(keyed)));
    }

    void put_data(const std::string& bytes) { append_data(out_, bytes); }

    std::string& done() { return out_; }

private:
    data_cursor cursor_;
    std::string out_;
};

std::size_t size_of(const std::vector<std::string>& data) {
    return std::accumulate(data.begin(), data.end(), std::size_t{0},
                           [](std::size_t sum, const auto& bytes) { return sum + bytes.size(); });
}

void put_body(message_writer& writer, const message& what) {
    for (const std::string& bytes : what.data) {
        writer.put_data(bytes);
    }
    if (what.data.empty() && what.body) {
        writer.put(section::value, *what.body);
    }
}

} // namespace

std::string encode_message(const message& what) {
    message_writer writer(size_of(what.data) + room_beside_the_data);
    writer.put_map<symbol>(section::message_annotations, what.annotations);
    if (what.properties) {
        writer.put(section::properties, value(write_properties(*what.properties)));
    }
    writer.put_map<std::string>(section::application_properties, what.application_properties);
    put_body(writer, what);
    return std::move(writer.done());
}

std::string encode_delivery_annotations(const map& what) {
    message_writer writer(room_beside_the_data);
    writer.put_map<symbol>(section::delivery_annotations, what);
    return std::move(writer.done());
}

} // namespace iothub::amqp
