#include "bench/arguments.hpp"

#include <stdexcept>
#include <string_view>

namespace iothub::bench {

arguments::arguments(int count, const char* const* values) {
    for (int i = 0; i < count; ++i) {
        const std::string_view one = values[i];
        if (one == "--") {
            command_.assign(values + i + 1, values + count);
            return;
        }
        const auto equals = one.find('=');
        if (equals == std::string_view::npos) {
            throw std::runtime_error("\"" + std::string(one) + "\" is no name=value");
        }
        values_.emplace(one.substr(0, equals), one.substr(equals + 1));
    }
}

std::string arguments::text(const std::string& name) const {
    const auto found = values_.find(name);
    if (found == values_.end()) {
        throw std::runtime_error(name + "=… is missing");
    }
    return found->second;
}

std::string arguments::text(const std::string& name, const std::string& otherwise) const {
    return values_.contains(name) ? text(name) : otherwise;
}

double arguments::number(const std::string& name) const {
    try {
        return std::stod(text(name));
    } catch (const std::logic_error&) {
        throw std::runtime_error(name + " is no number");
    }
}

double arguments::number(const std::string& name, double otherwise) const {
    return values_.contains(name) ? number(name) : otherwise;
}

std::size_t arguments::count(const std::string& name) const {
    return static_cast<std::size_t>(number(name));
}

std::size_t arguments::count(const std::string& name, std::size_t otherwise) const {
    return values_.contains(name) ? count(name) : otherwise;
}

std::uint16_t arguments::port(const std::string& name) const {
    return static_cast<std::uint16_t>(count(name));
}

} // namespace iothub::bench
