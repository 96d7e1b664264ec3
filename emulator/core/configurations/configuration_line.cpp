#include "emulator/core/configurations/configuration_line.hpp"

#include <cctype>

#include "common/json.hpp"
#include "emulator/core/configurations/configuration_document.hpp"
#include "emulator/core/configurations/configuration_service.hpp"

namespace iothub::core {

namespace {

using letter_change = int (*)(int);

// The object with the first letter of each of its members' names changed.
json renamed(const json& object, letter_change change) {
    json r = json::object();
    for (const auto& [name, value] : object.items()) {
        std::string other = name;
        if (!other.empty()) {
            other[0] = static_cast<char>(change(static_cast<unsigned char>(other[0])));
        }
        r[other] = value;
    }
    return r;
}

// Members of the document and of those of its members whose own have fixed names.
json renamed_document(const json& document, letter_change change) {
    json r = json::object();
    const json members = renamed(document, change);
    for (const auto& [name, value] : members.items()) {
        const bool fixed = name == "Content" || name == "content" || name == "Metrics" ||
                           name == "metrics" || name == "SystemMetrics" || name == "systemMetrics";
        r[name] = fixed && value.is_object() ? renamed(value, change) : value;
    }
    return r;
}

} // namespace

std::vector<json> configuration_lines(configuration_service& service) {
    std::vector<json> lines;
    for (const configuration& c : service.list()) {
        lines.push_back(renamed_document(service.describe(c), std::toupper));
    }
    return lines;
}

result<> import_configuration_line(configuration_service& service, const json& line) {
    if (!line.is_object()) {
        return error{errc::argument_invalid, "The configuration must be a JSON object."};
    }
    const json document = renamed_document(line, std::tolower);
    const auto id = document.find("id");
    if (id == document.end() || !id->is_string()) {
        return error{errc::argument_invalid, "The configuration has no id."};
    }
    auto wanted = read_configuration_document(document, id->get<std::string>());
    if (!wanted) {
        return wanted.error();
    }
    const bool known = service.get(wanted->id).has_value();
    const auto written =
        service.put(*std::move(wanted), known ? precondition::anything() : precondition());
    return written ? result<>() : written.error();
}

} // namespace iothub::core
