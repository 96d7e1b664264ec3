#include "integration/client/stub_hub.hpp"

#include "support/mqtt_packets.hpp"

namespace iothub::test {

namespace {

unsigned number_at(const std::string& bytes, std::size_t at) {
    return static_cast<unsigned char>(bytes.at(at)) * 256U +
           static_cast<unsigned char>(bytes.at(at + 1));
}

std::size_t filters_of(const mqtt_packet& subscribe) {
    std::size_t count = 0;
    for (std::size_t at = 2; at < subscribe.body.size(); ++count) {
        at += 2 + number_at(subscribe.body, at) + 1;
    }
    return count;
}

std::string request_id(const std::string& topic) {
    return topic.substr(topic.find("$rid=") + 5);
}

} // namespace

std::string mqtt_packet::topic() const {
    return body.substr(2, number_at(body, 0));
}

unsigned mqtt_packet::packet_id() const {
    return type == 8 || type == 4 ? number_at(body, 0) : number_at(body, 2 + number_at(body, 0));
}

std::string mqtt_packet::payload() const {
    return body.substr(2 + number_at(body, 0) + (qos() > 0 ? 2 : 0));
}

mqtt_packet read_packet(stub_peer& peer) {
    const unsigned first = static_cast<unsigned char>(peer.read(1)[0]);
    std::size_t length = 0;
    for (int shift = 0; shift < 28; shift += 7) {
        const unsigned digit = static_cast<unsigned char>(peer.read(1)[0]);
        length |= static_cast<std::size_t>(digit & 127U) << shift;
        if (digit < 128) {
            break;
        }
    }
    return {first >> 4, first & 15, peer.read(length)};
}

mqtt_packet answer_connect(stub_peer& peer, unsigned return_code) {
    mqtt_packet connect = read_packet(peer);
    peer.write(packet::connack(return_code));
    return connect;
}

tls_stub::script stub_hub::script() {
    return [this](stub_peer& peer) {
        connected.put(answer_connect(peer));
        while (true) {
            const mqtt_packet packet = read_packet(peer);
            if (packet.type == 14) {
                return;
            }
            answer(peer, packet);
        }
    };
}

void stub_hub::answer(stub_peer& peer, const mqtt_packet& received) {
    if (received.type == 3) {
        answer_publish(peer, received);
    } else if (received.type == 4) {
        acknowledged.put(received.packet_id());
    } else if (received.type == 8) {
        peer.write(
            packet::suback(received.packet_id(), std::vector<unsigned>(filters_of(received), 1)));
        after_subscribe(peer);
    } else if (received.type == 12) {
        peer.write(packet::pingresp());
    }
}

void stub_hub::answer_publish(stub_peer& peer, const mqtt_packet& received) {
    const std::string topic = received.topic();
    if (topic.starts_with("$iothub/twin/GET/")) {
        if (answers_twin) {
            peer.write(packet::publish("$iothub/twin/res/200/?$rid=" + request_id(topic), twin));
        }
        return;
    }
    if (topic.starts_with("$iothub/twin/PATCH/") && answers_twin) {
        peer.write(packet::publish("$iothub/twin/res/" + std::to_string(patch_status) +
                                       "/?$rid=" + request_id(topic),
                                   patch_answer));
    }
    if (received.qos() == 1 && acknowledges) {
        peer.write(packet::puback(received.packet_id()));
    }
    published.put(topic + "|" + received.payload());
}

client_options trusting(const tls_stub& stub) {
    client_options options;
    options.ca_pem = stub.ca_pem();
    options.operation_timeout = std::chrono::seconds(10);
    options.retry.initial_delay = std::chrono::milliseconds(5);
    options.retry.max_delay = std::chrono::milliseconds(20);
    return options;
}

std::string module_string(const tls_stub& stub, const std::string& host) {
    return "HostName=" + host + ":" + std::to_string(stub.port()) +
           ";DeviceId=d;ModuleId=m;SharedAccessKey=" + test_key;
}

} // namespace iothub::test
