#include "emulator/app/options.hpp"

#include <boost/asio/ip/address.hpp>

#include <algorithm>
#include <cstdlib>

namespace iothub::app {

namespace {

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? "" : value;
}

bool reached_as_localhost(const std::string& host) {
    return host == "127.0.0.1" || host == "::1" || host == "0.0.0.0" || host == "::";
}

} // namespace

std::filesystem::path default_data_dir() {
    const std::string data_home = environment("XDG_DATA_HOME");
    const std::filesystem::path base =
        data_home.empty() ? std::filesystem::path(environment("HOME")) / ".local/share"
                          : std::filesystem::path(data_home);
    return base / "iothub-emulator";
}

std::vector<std::string> effective_hostnames(const options& o) {
    if (!o.hostnames.empty()) {
        return o.hostnames;
    }
    return {reached_as_localhost(o.host) ? "localhost" : o.host};
}

std::string hub_name(const options& o) {
    const std::string name = effective_hostnames(o).front();
    boost::system::error_code no_address;
    boost::asio::ip::make_address(name, no_address);
    return no_address ? name.substr(0, name.find('.')) : name;
}

std::vector<std::string> certificate_names(const options& o) {
    auto names = effective_hostnames(o);
    if (!reached_as_localhost(o.host) && std::ranges::find(names, o.host) == names.end()) {
        names.push_back(o.host);
    }
    return names;
}

std::string loopback_if_any(const std::string& host) {
    return host == "0.0.0.0" ? "127.0.0.1" : host == "::" ? "::1" : host;
}

std::string authority_of(const std::string& host, std::uint16_t port) {
    const std::string address = loopback_if_any(host);
    const bool v6 = address.find(':') != std::string::npos;
    return (v6 ? "[" + address + "]" : address) + ":" + std::to_string(port);
}

std::filesystem::path own_ready_file(const options& o) {
    return o.in_memory ? std::filesystem::path() : o.data_dir / "hub.json";
}

std::filesystem::path absolute_path(const std::filesystem::path& path) {
    return std::filesystem::absolute(path).lexically_normal();
}

std::filesystem::path ca_file_of(const options& o) {
    if (!o.ca_file.empty()) {
        return absolute_path(o.ca_file);
    }
    return o.in_memory ? std::filesystem::path() : absolute_path(o.data_dir / "ca.pem");
}

} // namespace iothub::app
