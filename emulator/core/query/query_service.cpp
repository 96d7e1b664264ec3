#include "emulator/core/query/query_service.hpp"

#include <algorithm>
#include <deque>
#include <utility>

#include "common/json.hpp"
#include "emulator/core/clock.hpp"
#include "emulator/core/query/access/identity_scan.hpp"
#include "emulator/core/query/indexes/property_indexes.hpp"
#include "emulator/core/query/key_text.hpp"
#include "emulator/core/query/pages/execution.hpp"
#include "emulator/core/store.hpp"

namespace iothub::core::query {

namespace {

constexpr std::size_t rows_of_slice = 500;
constexpr std::chrono::milliseconds time_of_slice{5};
constexpr std::chrono::seconds longest_run{120};

// How much is done between two looks at the clock.
constexpr std::size_t rows_of_step = 50;
constexpr std::size_t terms_of_step = 10'000;
constexpr std::size_t terms_of_group = 50; // what a grouped path costs, or an aggregate

constexpr std::size_t max_twins_of_page = 100;
constexpr std::size_t max_rows_of_page = 1000;

query::item_type item_type_of(const statement& what) {
    if (!what.columns.empty()) {
        return item_type::raw;
    }
    return what.from == collection::jobs ? item_type::device_job : item_type::twin;
}

bool counts_everything(const statement& what) {
    return what.has_aggregate() && what.from != collection::jobs && what.where == nullptr &&
           what.group_by.empty() && what.top != 0 &&
           std::ranges::all_of(what.columns, [](const column& c) {
               return c.aggregate == aggregate::count && !c.path;
           });
}

bool aggregates(const statement& what) {
    return what.has_aggregate() || !what.group_by.empty();
}

// Rows. What is grouped by may be a large part of each twin.
std::size_t step_of(const statement& what) {
    const std::size_t grouped =
        aggregates(what) ? (what.columns.size() + what.group_by.size()) * terms_of_group : 0;
    return std::clamp(terms_of_step / (what.terms + grouped + 1), std::size_t{1}, rows_of_step);
}

std::size_t largest_page(item_type type) {
    return type == item_type::twin ? max_twins_of_page : max_rows_of_page;
}

class known_page final : public execution {
public:
    explicit known_page(page known)
        : known_(std::move(known)) {}

    std::optional<result<page>> read(std::size_t) override { return std::move(known_); }

private:
    page known_;
};

struct running_query {
    std::unique_ptr<execution> work;
    item_type type;
    std::size_t step; // rows
    timestamp began;
    query_service::callback done;

    void finish(result<page> outcome) {
        if (outcome) {
            outcome->item_type = type;
        }
        std::exchange(done, nullptr)(std::move(outcome));
    }
};

} // namespace

class query_service::state {
public:
    state(core::store& s, identity_registry& identities, session_table& sessions,
          const core::clock& time)
        : indexes(s, time)
        , what{{s, sessions, indexes}, identities, rows_read}
        , clock(time) {}

    std::unique_ptr<scan> select(condition c, const identity_key& after) {
        return std::make_unique<identity_scan>(what, std::move(c), after);
    }

    // Reads nothing yet. argument_invalid.
    result<running_query> prepare(page_request asked) {
        auto what_it_says = parse_statement(asked.text);
        if (!what_it_says) {
            return what_it_says.error();
        }
        continuation from;
        if (!asked.continuation.empty()) {
            auto place = read_continuation(asked.continuation, asked.text);
            if (!place) {
                return place.error();
            }
            from = *std::move(place);
        }
        const statement& s = *what_it_says;
        running_query q{{}, item_type_of(s), step_of(s), clock.now(), {}};
        if (from.position.empty() && counts_everything(s)) {
            q.work = std::make_unique<known_page>(count(s));
            return q;
        }
        const bool in_groups = aggregates(s);
        auto rows = rows_of(s, in_groups ? "" : from.position);
        plan p{s, std::move(asked.text),
               std::clamp(asked.size, std::size_t{1}, largest_page(q.type)), std::move(from),
               std::move(rows)};
        q.work = in_groups ? aggregate_rows(std::move(p)) : list_rows(std::move(p));
        return q;
    }

    // Works for some milliseconds; false where the query has to go on later.
    bool work_on(running_query& q) {
        try {
            const timestamp began = clock.now();
            for (std::size_t rows = 0; rows < rows_of_slice; rows += q.step) {
                if (auto outcome = q.work->read(q.step)) {
                    q.finish(*std::move(outcome));
                    return true;
                }
                if (clock.now() - began >= time_of_slice) {
                    return false;
                }
            }
        } catch (const store_fault& fault) {
            q.finish(error{errc::server_error, "The hub could not do it. Its log says why.",
                           fault.what()});
            return true;
        }
        return false;
    }

    property_indexes indexes;
    std::uint64_t rows_read = 0;
    scanned what;
    const core::clock& clock;
    std::deque<running_query> running; // the next first

private:
    std::unique_ptr<row_source> rows_of(const statement& s, const std::string& after) {
        return s.from == collection::jobs
                   ? device_job_rows(what.in.store, s, after, rows_read)
                   : twin_rows(select({s.from, s.where, s.terms}, key_of_text(after)));
    }

    page count(const statement& s) {
        const identity_counts counts = what.in.store.count_identities();
        json row = json::object();
        for (const column& c : s.columns) {
            row[c.name] = s.from == collection::modules ? counts.modules : counts.devices;
        }
        return {json::array({std::move(row)}), item_type::raw, {}};
    }
};

query_service::query_service(core::store& store, identity_registry& identities,
                             session_table& sessions, const core::clock& clock)
    : state_(std::make_unique<state>(store, identities, sessions, clock)) {}

query_service::~query_service() = default;

void query_service::run(page_request asked, callback done) {
    auto q = state_->prepare(std::move(asked));
    if (!q) {
        return done(q.error());
    }
    q->done = std::move(done);
    if (state_->work_on(*q)) {
        return;
    }
    if (state_->running.size() == max_running) {
        return q->finish(error{errc::throttling, "Too many long queries run at one time."});
    }
    state_->running.push_back(*std::move(q));
}

std::unique_ptr<scan> query_service::select(condition what, const identity_key& after) {
    return state_->select(std::move(what), after);
}

void query_service::twin_changed(const twin& now) {
    state_->indexes.twin_changed(now);
}

void query_service::turn_failed() {
    state_->indexes.turn_failed();
}

std::vector<std::string> query_service::describe_indexes() const {
    return state_->indexes.describe();
}

std::uint64_t query_service::rows_read() const {
    return state_->rows_read;
}

std::optional<timestamp> query_service::next_deadline() const {
    return state_->running.empty() ? state_->indexes.next_deadline() : std::optional(never);
}

void query_service::advance(timestamp now) {
    if (!state_->running.empty()) {
        running_query q = std::move(state_->running.front());
        state_->running.pop_front();
        if (now - q.began > longest_run) {
            q.finish(error{errc::request_timed_out, "The query ran for over 120 seconds."});
        } else if (!state_->work_on(q)) {
            state_->running.push_back(std::move(q));
        }
    }
    state_->indexes.advance(now);
}

} // namespace iothub::core::query
