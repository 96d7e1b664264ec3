#pragma once
// Runs queries over twins and jobs (service API §6; rows Q01–Q06). A query looks at a bounded
// number of rows in each slice, so that everything else goes on beside a long one; each row is
// looked at once and as it is then. Called by http/api/queries, and by jobs and configurations for
// their conditions.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "common/identity_key.hpp"
#include "common/result.hpp"
#include "emulator/core/query/scan.hpp"
#include "emulator/core/query/statement.hpp"
#include "emulator/core/timed.hpp"

namespace iothub::core {

class clock;
class identity_registry;
class session_table;
class store;
struct twin;

namespace query {

enum class item_type { twin, device_job, raw };

struct page_request {
    std::string text;
    std::size_t size = 100;
    std::string continuation; // as an earlier page gave it, or empty
};

struct page {
    json rows; // an array
    query::item_type item_type = item_type::raw;
    std::string continuation; // empty: this was the last page
};

class query_service final : public timed {
public:
    using callback = std::function<void(result<page>)>;

    // Queries that run at one time; a further one is refused (throttling).
    static constexpr std::size_t max_running = 64;

    query_service(core::store& store, identity_registry& identities, session_table& sessions,
                  const core::clock& clock);
    ~query_service();

    // `done` is called once: within the call where the first slice is enough or the query is
    // refused (argument_invalid), else later.
    void run(page_request asked, callback done);

    // The identities that `what` selects, behind `after`.
    std::unique_ptr<scan> select(condition what, const identity_key& after = {});

    // Keeps the indexes of the values that are often asked for.
    void twin_changed(const twin& now);

    // Nothing of the turn was kept, what it did to indexes neither.
    void turn_failed();

    // Indexes of values and how far they are: "devices tags.location.region ready".
    std::vector<std::string> describe_indexes() const;

    // Rows that queries and scans have looked at, selected or not, since the hub started.
    std::uint64_t rows_read() const;

    std::optional<timestamp> next_deadline() const override;
    void advance(timestamp now) override;

private:
    class state;

    std::unique_ptr<state> state_;
};

} // namespace query
} // namespace iothub::core
