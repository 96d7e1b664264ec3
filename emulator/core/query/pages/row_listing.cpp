#include <utility>

#include "common/json.hpp"
#include "emulator/core/query/pages/execution.hpp"
#include "emulator/core/twins/twin_validation.hpp"

namespace iothub::core::query {

namespace {

// What is undefined is left out.
json projected(const statement& what, const result_row& row) {
    json answer = json::object();
    for (const column& c : what.columns) {
        if (auto value = row.find(*c.path).take()) {
            answer[c.name] = *std::move(value);
        }
    }
    return answer;
}

class row_listing final : public execution {
public:
    explicit row_listing(plan p)
        : plan_(std::move(p))
        , left_(plan_.from.position.empty() ? plan_.what.top : plan_.from.top) {
        page_.rows = json::array();
    }

    std::optional<result<page>> read(std::size_t rows) override {
        ended_ = ended_ || left_ == 0;
        const bool more =
            !ended_ && plan_.rows->read(rows, [this](const result_row& row) { return take(row); });
        if (more && !ended_) {
            return std::nullopt;
        }
        return std::move(page_);
    }

private:
    bool take(const result_row& row) {
        if (page_.rows.size() == plan_.size || bytes_ >= max_page_bytes) {
            page_.continuation = write_continuation({last_, left_}, plan_.text);
            ended_ = true;
            return false;
        }
        page_.rows.push_back(plan_.what.columns.empty() ? row.document()
                                                        : projected(plan_.what, row));
        bytes_ += section_size(page_.rows.back());
        last_ = plan_.rows->position();
        ended_ = left_ && --*left_ == 0;
        return !ended_;
    }

    plan plan_;
    std::optional<std::uint64_t> left_; // of TOP
    page page_;
    std::size_t bytes_ = 0; // of all rows, about
    std::string last_;
    bool ended_ = false;
};

} // namespace

std::unique_ptr<execution> list_rows(plan p) {
    return std::make_unique<row_listing>(std::move(p));
}

} // namespace iothub::core::query
