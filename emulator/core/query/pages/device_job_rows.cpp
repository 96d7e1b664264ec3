#include <utility>

#include "common/json.hpp"
#include "common/json_text.hpp"
#include "emulator/core/jobs/device_job_records.hpp"
#include "emulator/core/query/access/restrictions.hpp"
#include "emulator/core/query/evaluation.hpp"
#include "emulator/core/query/json_path.hpp"
#include "emulator/core/query/pages/row_source.hpp"
#include "emulator/core/store.hpp"

namespace iothub::core::query {

namespace {

constexpr std::size_t largest_chunk = 100;

class job_row final : public result_row {
public:
    explicit job_row(json document)
        : document_(std::move(document)) {}

    // The document's own members are the system's, what is in them may be users'.
    value find(const path& where) const override {
        const std::span<const std::string> names(where.segments);
        if (names.empty()) {
            return {};
        }
        const json* top = follow(document_, names.first(1), name_match::any_case);
        const json* found = top == nullptr ? nullptr : follow(*top, names.subspan(1));
        return found == nullptr ? value() : value::of(*found);
    }

    json document() const override { return document_; }

private:
    json document_;
};

// The one text that a member must be; nothing where the condition does not say.
std::optional<std::string> text_of(const std::vector<restriction>& all, std::string_view member) {
    for (const restriction& r : all) {
        const bool one_text = r.values.size() == 1 && r.values.front().is_string();
        if (r.how == restriction::kind::is_one_of && r.is_about(member) && one_text) {
            return r.values.front().get<std::string>();
        }
    }
    return std::nullopt;
}

// The records of one job, or of one device in it, where the condition names them.
std::string prefix_of(const expression_ptr& where) {
    const auto restrictions = restrictions_of(where);
    const auto job = text_of(restrictions, "jobId");
    if (!job) {
        return std::string(device_job_records);
    }
    const auto device = text_of(restrictions, "deviceId");
    return std::string(device_job_records) + *job + '/' + (device ? *device + '/' : "");
}

json read_document(const stored_record& record) {
    auto document = parse_json(record.second);
    if (!document) {
        throw store_fault("the record " + record.first + " is damaged");
    }
    return *std::move(document);
}

class jobs final : public row_source {
public:
    jobs(core::store& store, const statement& what, std::string_view after, std::uint64_t& count)
        : store_(store)
        , where_(what.where)
        , prefix_(prefix_of(what.where))
        , after_(after.empty() ? std::string() : std::string(device_job_records).append(after))
        , rows_read_(count) {}

    bool read(std::size_t rows, const taker& take) override {
        while (rows > 0) {
            const std::size_t limit = std::min(rows, largest_chunk);
            const auto records = store_.list_records(prefix_, after_, limit);
            for (const stored_record& record : records) {
                after_ = record.first;
                ++rows_read_;
                const job_row row(read_document(record));
                if (selects(where_, row) && !take(row)) {
                    return true;
                }
            }
            if (records.size() < limit) {
                return false;
            }
            rows -= limit;
        }
        return true;
    }

    std::string position() const override {
        return after_.empty() ? after_ : after_.substr(device_job_records.size());
    }

private:
    core::store& store_;
    expression_ptr where_;
    std::string prefix_;
    std::string after_; // the name of a record
    std::uint64_t& rows_read_;
};

} // namespace

std::unique_ptr<row_source> device_job_rows(core::store& store, const statement& what,
                                            std::string_view after, std::uint64_t& rows_read) {
    return std::make_unique<jobs>(store, what, after, rows_read);
}

} // namespace iothub::core::query
