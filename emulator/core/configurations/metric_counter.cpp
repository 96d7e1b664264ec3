#include "emulator/core/configurations/metric_counter.hpp"

#include <utility>

#include "common/json.hpp"
#include "emulator/core/query/query_service.hpp"

namespace iothub::core {

namespace {

constexpr std::size_t rows_of_page = 1000;

} // namespace

struct metric_counter::request {
    std::vector<counted_metric> metrics;
    callback done;
    json results = json::object();
    std::size_t next = 0; // of the metrics
    std::uint64_t rows = 0;
    std::string continuation;
    bool asked = false; // a page is under way
};

metric_counter::metric_counter(query::query_service& queries)
    : queries_(queries) {}

metric_counter::~metric_counter() = default;

void metric_counter::count(std::vector<counted_metric> metrics, callback done) {
    if (metrics.empty() || waiting_.size() == max_waiting) {
        done(json::object());
        return;
    }
    auto r = std::make_shared<request>();
    r->metrics = std::move(metrics);
    r->done = std::move(done);
    waiting_.push_back(std::move(r));
}

bool metric_counter::due() const {
    return !waiting_.empty() && !waiting_.front()->asked;
}

void metric_counter::advance() {
    if (!due()) {
        return;
    }
    const auto r = waiting_.front();
    r->asked = true;
    queries_.run({r->metrics[r->next].query, rows_of_page, r->continuation},
                 [this, r](const result<query::page>& answer) { take(*r, answer); });
}

void metric_counter::take(request& r, const result<query::page>& answer) {
    r.asked = false;
    if (answer) {
        r.rows += answer->rows.size();
        r.continuation = answer->continuation;
    }
    if (answer && !r.continuation.empty()) {
        return;
    }
    const counted_metric& metric = r.metrics[r.next];
    if (answer) {
        r.results[metric.configuration][metric.name] = r.rows;
    }
    r.rows = 0;
    r.continuation.clear();
    if (++r.next == r.metrics.size()) {
        finish();
    }
}

void metric_counter::finish() {
    const auto r = std::move(waiting_.front());
    waiting_.pop_front();
    r->done(std::move(r->results));
}

} // namespace iothub::core
