#pragma once
// The selected rows of a query in an order that lasts: twins of devices or modules in the order of
// their keys, jobs of devices in the order of their records' names.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "emulator/core/query/result_row.hpp"
#include "emulator/core/query/scan.hpp"
#include "emulator/core/query/statement.hpp"

namespace iothub::core {
class store;
}

namespace iothub::core::query {

class row_source {
public:
    // Called with each row that is selected; false to stop behind it.
    using taker = std::function<bool(const result_row&)>;

    virtual ~row_source() = default;

    // Looks at `rows` rows at most, selected or not. False where there are none left. Throws
    // store_fault.
    virtual bool read(std::size_t rows, const taker& take) = 0;

    // The row that was looked at last, as a place to go on behind.
    virtual std::string position() const = 0;
};

std::unique_ptr<row_source> twin_rows(std::unique_ptr<scan> identities);

// `rows_read` goes up with each record that is looked at; it and the store outlive the source.
std::unique_ptr<row_source> device_job_rows(core::store& store, const statement& what,
                                            std::string_view after, std::uint64_t& rows_read);

} // namespace iothub::core::query
