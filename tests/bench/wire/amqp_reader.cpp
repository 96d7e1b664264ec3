#include "bench/wire/amqp_reader.hpp"

#include <stdexcept>

#include "support/amqp_bytes.hpp"

namespace iothub::bench {

namespace {

using namespace iothub::test::amqp_bytes;

constexpr std::uint32_t credit = 100'000;

enum performative : unsigned char {
    open = 0x10,
    begin = 0x11,
    attach = 0x12,
    flow = 0x13,
    transfer = 0x14,
    detach = 0x16,
    end = 0x17,
    close = 0x18,
    sasl_init = 0x41,
    sasl_outcome = 0x44
};

std::string uint(std::uint32_t value) {
    return hex("70") + number_32(value);
}

std::string frame(char type, performative code, std::uint32_t count, const std::string& fields) {
    const std::string body = hex("00 53") + static_cast<char>(code) + sized_32("d0", count, fields);
    return number_32(static_cast<std::uint32_t>(body.size() + 8)) + hex("02") + type +
           std::string(2, '\0') + body;
}

std::string attach_frame(std::uint32_t handle) {
    const std::string address =
        "iothub-ehub-emulator/ConsumerGroups/$Default/Partitions/" + std::to_string(handle);
    return frame(0, attach, 7,
                 str("reader-" + std::to_string(handle)) + uint(handle) + hex("41 50 01 50 00") +
                     hex("00 53 28") + list_8(1, str(address)) + hex("00 53 29 45"));
}

std::uint32_t number_at(std::string_view bytes, std::size_t place) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        value = value << 8 | static_cast<unsigned char>(bytes.at(place + i));
    }
    return value;
}

// The first field of a transfer, its link's handle.
std::uint32_t handle_in(std::string_view body) {
    const bool short_list = static_cast<unsigned char>(body.at(3)) == 0xc0;
    const std::size_t at = short_list ? 6 : 12;
    switch (static_cast<unsigned char>(body.at(at))) {
    case 0x43:
        return 0;
    case 0x52:
        return static_cast<unsigned char>(body.at(at + 1));
    default:
        return number_at(body, at + 1);
    }
}

} // namespace

amqp_reader::amqp_reader(reactor& loop, std::uint16_t port, std::string_view token,
                         unsigned partitions)
    : tls_client(loop, port)
    , links_(partitions) {
    const std::string login = std::string(1, '\0') + "bench" + '\0' + std::string(token);
    output() = "AMQP" + hex("03 01 00 00") +
               frame(1, sasl_init, 2,
                     sym("PLAIN") + hex("b0") +
                         number_32(static_cast<std::uint32_t>(login.size())) + login);
    output() += "AMQP" + hex("00 01 00 00") + frame(0, open, 2, str("bench") + str("localhost")) +
                frame(0, begin, 4, hex("40") + uint(0) + uint(0x7fffffff) + uint(0x7fffffff));
    for (std::uint32_t i = 0; i < partitions; ++i) {
        output() += attach_frame(i);
        give_credit(i);
    }
}

std::size_t amqp_reader::take(std::string_view bytes) {
    std::size_t taken = 0;
    while (bytes.size() - taken >= 8) {
        const std::string_view rest = bytes.substr(taken);
        const bool header = headers_ < 2 && rest.substr(0, 4) == "AMQP";
        const std::size_t size = header ? 8 : number_at(rest, 0);
        if (rest.size() < size) {
            break;
        }
        if (header) {
            ++headers_;
        } else if (size > 11) {
            handle(rest.substr(8, size - 8));
        }
        taken += size;
    }
    return taken;
}

void amqp_reader::handle(std::string_view body) {
    switch (static_cast<unsigned char>(body.at(2))) {
    case transfer:
        return delivered(handle_in(body));
    case attach:
        ++attached_;
        return;
    case detach:
    case end:
    case close:
        throw std::runtime_error("the server ends the reader: " + std::string(body));
    default:
        return;
    }
}

void amqp_reader::delivered(std::uint32_t handle) {
    ++count_;
    link& its = links_.at(handle);
    if (++its.received + credit / 2 >= its.credit_ends) {
        give_credit(handle);
    }
}

void amqp_reader::give_credit(std::uint32_t handle) {
    link& its = links_[handle];
    its.credit_ends = its.received + credit;
    output() += frame(0, flow, 7,
                      uint(0) + uint(0x7fffffff) + uint(0) + uint(0x7fffffff) + uint(handle) +
                          uint(its.received) + uint(credit));
}

} // namespace iothub::bench
