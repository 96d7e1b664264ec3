#pragma once
// The scan over devices or modules: candidates of an access path, each looked at by the condition.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "emulator/core/query/access/access_path.hpp"
#include "emulator/core/query/indexes/index_usage.hpp"
#include "emulator/core/query/scan.hpp"
#include "emulator/core/query/statement.hpp"

namespace iothub::core {
class identity_registry;
}

namespace iothub::core::query {

// All outlive the scan.
struct scanned {
    searched in;
    identity_registry& identities;
    std::uint64_t& rows_read; // goes up with each identity that is looked at
};

class identity_scan final : public scan {
public:
    identity_scan(scanned what, condition where, identity_key after);

    bool read(std::size_t rows, const taker& take) override;
    const identity_key& position() const override { return position_; }

private:
    enum class next { chunk, end, stop };

    void choose();
    next read_chunk(std::size_t limit, const taker& take);

    scanned what_;
    bool modules_;
    expression_ptr where_;
    std::vector<std::string> useful_;        // indexes
    std::unique_ptr<candidates> candidates_; // chosen when it is first read
    identity_key position_;
    std::size_t chunk_; // how many are asked for at a time: more and more
    scan_cost cost_{.first = true};
};

} // namespace iothub::core::query
