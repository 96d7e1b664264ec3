#include "emulator/core/transfers/import_run.hpp"

#include <string>

#include "common/errc.hpp"
#include "common/json.hpp"
#include "common/json_text.hpp"

namespace iothub::core {

namespace {

constexpr int lines_of_slice = 50;

// What an export without keys begins with.
bool is_note(const text_line& line) {
    const char first = line.text.front();
    return line.number == 1 && ((first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z'));
}

result<json> read_line(const text_line& line) {
    const std::string where = "Invalid device format in line " + std::to_string(line.number) + ": ";
    if (line.too_long) {
        return error{errc::deserialization_error, where + "it has more than " +
                                                      std::to_string(line_splitter::max_line) +
                                                      " bytes."};
    }
    auto parsed = parse_json(line.text);
    if (!parsed) {
        return error{errc::deserialization_error, where + parsed.error().message};
    }
    if (!parsed->is_object()) {
        return error{errc::deserialization_error, where + "it is not a JSON object."};
    }
    return parsed;
}

// The text of a member, or nothing.
json text_member(const json& line, const char* name) {
    const auto member = line.find(name);
    return member != line.end() && member->is_string() ? *member : json(nullptr);
}

} // namespace

import_run::import_run(registry_import registry, blob_container& input, blob_container& output,
                       const transfer_request& asked, const configuration_transfer& configurations)
    : registry_(registry)
    , configurations_(configurations)
    , input_(input)
    , errors_(output, import_errors_blob) {
    sources_.push_back({asked.devices_blob, &import_run::apply_device});
    if (asked.configurations_blob) {
        sources_.push_back({*asked.configurations_blob, &import_run::apply_configuration});
    }
    lines_.emplace(input_, sources_.front().blob);
}

void import_run::work() {
    for (int i = 0; i < lines_of_slice && !waits(); ++i) {
        if (errors_.full()) {
            errors_.write(answer());
        } else if (!present()) {
            errors_.finish(answer([this] { end(); }));
        } else if (const auto line = lines_->next()) {
            take(*line);
        } else {
            read_on();
        }
    }
}

void import_run::read_on() {
    if (lines_->complete()) {
        end_pass();
    } else {
        lines_->fetch(answer());
    }
}

void import_run::end_pass() {
    if (passes_.leaves_any()) {
        passes_.begin_next();
    } else {
        passes_ = {};
        ++present_;
    }
    if (present()) {
        lines_.emplace(input_, sources_[present_].blob);
    }
}

void import_run::take(const text_line& line) {
    if (is_note(line) || !passes_.takes(line.number)) {
        return;
    }
    const auto document = read_line(line);
    if (!document) {
        log_error(json::object(), document.error());
        return;
    }
    const auto applied = (this->*sources_[present_].apply)(*document);
    if (applied) {
        return;
    }
    if (may_succeed_later(*document, applied.error())) {
        passes_.leave(line.number);
    } else {
        log_error(*document, applied.error());
    }
}

// The parent may come behind it, and a module's device wait for its own.
bool import_run::may_succeed_later(const json& line, const error& why) const {
    const bool waits_for_device = why.code == errc::device_not_found && passes_.leaves_any() &&
                                  !text_member(line, "moduleId").is_null();
    return !passes_.is_last() && (why.code == errc::invalid_device_scope || waits_for_device);
}

result<> import_run::apply_device(const json& line) {
    if (text_member(line, "status").is_null()) {
        return error{errc::argument_invalid, "status is missing: every line of an import has it."};
    }
    auto item = read_import_item(line);
    if (!item) {
        return item.error();
    }
    item->identity.keeps_scope = true;
    return registry_.apply(*item);
}

result<> import_run::apply_configuration(const json& line) {
    return configurations_.import(line);
}

void import_run::log_error(const json& line, const error& why) {
    json entry = json::object();
    for (const auto& [shown, member] : {std::pair{"deviceId", "id"}, {"moduleId", "moduleId"}}) {
        if (json text = text_member(line, member); !text.is_null()) {
            entry[shown] = std::move(text);
        }
    }
    entry["errorCode"] = number(why.code);
    entry["errorStatus"] = why.message;
    errors_.add(to_text(entry));
}

int import_run::progress() const {
    if (!present()) {
        return 99;
    }
    const int of_source = passes_.is_first() ? lines_->percent() : 100;
    const auto read = 100 * present_ + static_cast<std::size_t>(of_source);
    return static_cast<int>(std::min<std::size_t>(99, read / sources_.size()));
}

} // namespace iothub::core
