#pragma once
// Runs the custom metrics of configurations (service API §1.5): each is a query whose rows are
// counted, page by page, so that nobody waits for a long one but who asked.

#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "common/json_fwd.hpp"
#include "common/result.hpp"

namespace iothub::core {

namespace query {
class query_service;
struct page;
} // namespace query

struct counted_metric {
    std::string configuration;
    std::string name;
    std::string query;
};

class metric_counter {
public:
    // Who waits at one time; one more gets no counts.
    static constexpr std::size_t max_waiting = 64;

    // {"c1":{"compliant":3}}; without the metrics whose queries fail.
    using callback = std::function<void(json)>;

    explicit metric_counter(query::query_service& queries);
    ~metric_counter();

    // `done` is called once: within the call where nothing is to be counted, else from advance() or
    // from the query service.
    void count(std::vector<counted_metric> metrics, callback done);

    // advance() has a page to ask for.
    bool due() const;
    void advance();

private:
    struct request;

    void take(request& r, const result<query::page>& answer);
    void finish();

    query::query_service& queries_;
    std::deque<std::shared_ptr<request>> waiting_; // the first one is at work
};

} // namespace iothub::core
