#include <algorithm>
#include <utility>

#include "common/json.hpp"
#include "emulator/core/query/pages/execution.hpp"
#include "emulator/core/query/pages/row_groups.hpp"

namespace iothub::core::query {

namespace {

class row_aggregation final : public execution {
public:
    explicit row_aggregation(plan p)
        : plan_(std::move(p))
        , groups_(plan_.what) {}

    std::optional<result<page>> read(std::size_t rows) override {
        const bool more =
            plan_.rows->read(rows, [this](const result_row& row) { return take(row); });
        if (!taken_) {
            return taken_.error();
        }
        return more ? std::nullopt : std::optional<result<page>>(answer());
    }

private:
    bool take(const result_row& row) {
        taken_ = groups_.add(row);
        return taken_.has_value();
    }

    page answer() const {
        const bool first = plan_.from.position.empty();
        std::optional<std::uint64_t> left = first ? plan_.what.top : plan_.from.top;
        const std::size_t size = std::min<std::uint64_t>(plan_.size, left.value_or(plan_.size));
        const auto behind = first ? std::nullopt : std::optional(plan_.from.position);
        auto listed = groups_.list(behind, size + 1);
        const bool more = listed.size() > size;
        listed.resize(std::min(listed.size(), size));
        page answered{json::array(), item_type::raw, {}};
        for (auto& [key, row] : listed) {
            answered.rows.push_back(std::move(row));
        }
        if (left) {
            *left -= listed.size();
        }
        if (more && left != 0) {
            answered.continuation = write_continuation({listed.back().key, left}, plan_.text);
        }
        return answered;
    }

    plan plan_;
    row_groups groups_;
    result<> taken_;
};

} // namespace

std::unique_ptr<execution> aggregate_rows(plan p) {
    return std::make_unique<row_aggregation>(std::move(p));
}

} // namespace iothub::core::query
