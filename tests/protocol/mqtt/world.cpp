#include "world.hpp"

#include "common/json_text.hpp"
#include "common/sas_token.hpp"

namespace iothub::test {

namespace {

core::identity make_identity(const identity_key& key) {
    core::identity id;
    id.key = key;
    id.generation_id = "637000000000000000";
    id.authentication.primary_key = identity_secret;
    id.authentication.secondary_key = "c2Vjb25kYXJ5IGtleSBvZiB0ZXN0cw==";
    return id;
}

std::string path_of(const identity_key& key) {
    const std::string path = "devices/" + key.device_id;
    return key.is_module() ? path + "/modules/" + key.module_id : path;
}

} // namespace

world::world() {
    add(device);
    add(module);
    core::identity with_certificate = make_identity({"x509", ""});
    with_certificate.authentication.type = core::authentication_type::self_signed;
    kept.put_identity(with_certificate);
    kept.put_twin(core::make_twin(with_certificate.key, clock.now()));
    add({"disabled", ""}, false);
    hub.end_turn();
}

void world::add(const identity_key& key, bool enabled) {
    core::identity id = make_identity(key);
    id.enabled = enabled;
    kept.put_identity(id);
    kept.put_twin(core::make_twin(key, clock.now()));
}

void world::change_desired(const identity_key& key, std::string_view desired) {
    core::twin_change change;
    change.desired = parse_json(desired).value();
    hub.twins().patch(key, change, core::precondition::anything()).value();
}

std::vector<core::event> world::events(const std::string& device_id) {
    return hub.events().read(hub.events().partition_of(device_id), 0, 100);
}

std::string token_of(const identity_key& key) {
    const timestamp expiry = manual_clock().now() + std::chrono::hours(1);
    return make_sas_token("hub.test/" + path_of(key), identity_secret, expiry).value();
}

packet::connect_fields good_connect(const identity_key& key) {
    packet::connect_fields fields;
    fields.client_id = key.text();
    fields.user_name = "hub.test/" + key.text() + "/?api-version=2021-04-12";
    fields.password = token_of(key);
    return fields;
}

} // namespace iothub::test
