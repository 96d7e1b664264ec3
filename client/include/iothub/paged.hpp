#pragma once
// Listings that the hub gives page by page, fetched as they are gone through:
//
//   for (const iothub::json& row : client.query("SELECT * FROM devices")) { … }
//
// Like Azure.Core's PagedResponse, for those who want the pages and their continuation tokens:
//
//   for (const auto& page : client.query(text, {.page_size = 50}).by_page()) { … }

#include <cstddef>
#include <functional>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace iothub {

struct paging_options {
    int page_size = 0; // items a page at most; 0: as many as the hub likes, commonly 100
    std::string
        continuation{}; // of a page: begin after it, with the same question; empty: at first
};

template <class Item>
struct page {
    std::vector<Item> items{};
    std::string continuation{}; // as paging_options takes it; empty: this is the last page
};

namespace client {

// How far a listing has got, shared by a range and its iterators. What `fetch` throws leaves it
// where it was.
template <class Item>
struct listing_progress {
    enum class phase { fresh, at_page, ended };

    std::function<page<Item>(const std::string& continuation)> fetch;
    page<Item> current;
    phase state = phase::fresh;
    std::size_t index = 0; // in the items of `current`

    void next_page() {
        if (state == phase::at_page && current.continuation.empty()) {
            state = phase::ended;
        }
        if (state != phase::ended) {
            current = fetch(current.continuation);
            state = phase::at_page;
            index = 0;
        }
    }

    bool has_item() const { return index < current.items.size(); }

    void settle() {
        while (state != phase::ended && !has_item()) {
            next_page();
        }
    }
    void next_item() {
        index += has_item() ? 1 : 0;
        settle();
    }
};

} // namespace client

// The pages of a listing, at least one, the first asked for by begin() and each other by ++. Can be
// gone through once. Both throw what the call of the client does; ++ after that asks again.
template <class Item>
class pages {
    using progress = client::listing_progress<Item>;

public:
    class iterator {
    public:
        using iterator_category = std::input_iterator_tag;
        using difference_type = std::ptrdiff_t;
        using value_type = page<Item>;
        using reference = page<Item>&;
        using pointer = page<Item>*;

        explicit iterator(std::shared_ptr<progress> where)
            : where_(std::move(where)) {}

        reference operator*() const { return where_->current; }
        pointer operator->() const { return &where_->current; }
        iterator& operator++() {
            where_->next_page();
            return *this;
        }
        void operator++(int) { ++*this; }
        bool operator==(std::default_sentinel_t) const {
            return where_->state == progress::phase::ended;
        }

    private:
        std::shared_ptr<progress> where_;
    };

    explicit pages(std::shared_ptr<progress> where)
        : where_(std::move(where)) {}

    iterator begin() {
        if (where_->state == progress::phase::fresh) {
            where_->next_page();
        }
        return iterator(where_);
    }
    std::default_sentinel_t end() const { return {}; }

private:
    std::shared_ptr<progress> where_;
};

// The items of a listing: an input range, cheap to move, whose pages are asked for when their first
// item is due; begin() asks for the first. Can be gone through once. begin() and ++ throw what the
// call of the client does, and ++ after that asks for the same page again. It may outlive the
// client. One thread at a time.
template <class Item>
class paged {
    using progress = client::listing_progress<Item>;

public:
    class iterator {
    public:
        using iterator_category = std::input_iterator_tag;
        using difference_type = std::ptrdiff_t;
        using value_type = Item;
        using reference = Item&;
        using pointer = Item*;

        explicit iterator(std::shared_ptr<progress> where)
            : where_(std::move(where)) {}

        reference operator*() const { return where_->current.items[where_->index]; }
        pointer operator->() const { return &**this; }
        iterator& operator++() {
            where_->next_item();
            return *this;
        }
        void operator++(int) { ++*this; }
        bool operator==(std::default_sentinel_t) const {
            return where_->state == progress::phase::ended;
        }

    private:
        std::shared_ptr<progress> where_;
    };

    // `fetch` gives the page after the one that had the continuation, or the first where it is
    // empty.
    explicit paged(std::function<page<Item>(const std::string& continuation)> fetch,
                   std::string continuation = {})
        : where_(std::make_shared<progress>()) {
        where_->fetch = std::move(fetch);
        where_->current.continuation = std::move(continuation);
    }

    iterator begin() {
        where_->settle();
        return iterator(where_);
    }
    std::default_sentinel_t end() const { return {}; }

    // The same listing in pages, from where it has got to.
    pages<Item> by_page() const { return pages<Item>(where_); }

private:
    std::shared_ptr<progress> where_;
};

} // namespace iothub
