#include <utility>

#include "common/json.hpp"
#include "emulator/core/query/pages/row_source.hpp"
#include "emulator/core/query/twin_row.hpp"

namespace iothub::core::query {

namespace {

class twins final : public row_source {
public:
    explicit twins(std::unique_ptr<scan> identities)
        : identities_(std::move(identities)) {}

    bool read(std::size_t rows, const taker& take) override {
        return identities_->read(rows, [&take](const twin_row& row) { return take(row); });
    }

    std::string position() const override { return identities_->position().text(); }

private:
    std::unique_ptr<scan> identities_;
};

} // namespace

std::unique_ptr<row_source> twin_rows(std::unique_ptr<scan> identities) {
    return std::make_unique<twins>(std::move(identities));
}

} // namespace iothub::core::query
