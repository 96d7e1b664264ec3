#include <memory>
#include <random>
#include <vector>

#include "bench/identities.hpp"
#include "bench/scenarios/scenarios.hpp"
#include "bench/wire/http_client.hpp"

namespace iothub::bench {

namespace {

void replace_all(std::string& text, std::string_view what, const std::string& by) {
    for (std::size_t at = text.find(what); at != std::string::npos;
         at = text.find(what, at + by.size())) {
        text.replace(at, what.size(), by);
    }
}

std::string filled_in(std::string text, std::size_t number) {
    replace_all(text, "{}", std::to_string(number));
    replace_all(text, "{/100}", std::to_string(number / 100));
    return text;
}

// Requests for one device after another.
class request_maker {
public:
    explicit request_maker(const arguments& given)
        : pattern_{given.text("method", "GET"), given.text("path"), headers_in(given),
                   given.text("body", "")}
        , next_(given.count("first", 0))
        , any_(next_, next_ + given.count("ids", 1) - 1)
        , random_order_(given.text("order", "random") == "random")
        , repeat_(given.count("repeat", 0)) {}

    http_request next() {
        const std::size_t number = random_order_ ? any_(random_) : next_++;
        http_request made = pattern_;
        made.path = filled_in(made.path, number);
        made.body = repeat_ == 0 ? filled_in(made.body, number) : many_from(number);
        return made;
    }

private:
    static std::string headers_in(const arguments& given) {
        std::string headers = given.text("headers", "");
        if (given.text("token", "") == "owner") {
            headers += "Authorization: " + owner_token() + "\r\n";
        }
        return headers;
    }

    std::string many_from(std::size_t number) {
        std::string body;
        for (std::size_t i = 0; i < repeat_; ++i) {
            body += (i == 0 ? "[" : ",") + filled_in(pattern_.body, number + i);
        }
        next_ = number + repeat_;
        return body + "]";
    }

    http_request pattern_;
    std::size_t next_;
    std::uniform_int_distribution<std::size_t> any_;
    bool random_order_;
    std::size_t repeat_;
    std::minstd_rand random_;
};

class http_user final : public http_client, public requester {
public:
    http_user(reactor& loop, load& work, std::uint16_t port, request_maker& requests)
        : http_client(loop, port)
        , work_(work)
        , requests_(requests) {}

    void request(std::uint16_t number) override {
        number_ = number;
        send(requests_.next());
    }
    void flush() override { send_output(); }

private:
    void connected() override { work_.joined(*this); }
    void answered(std::string_view) override { work_.answered(*this, number_); }

    load& work_;
    request_maker& requests_;
    std::uint16_t number_ = 0; // one request at a time
};

} // namespace

void http(const arguments& given) {
    reactor loop;
    load work(loop, settings_in(given));
    request_maker requests(given);
    std::vector<std::unique_ptr<http_user>> users;
    for (std::size_t i = 0; i < given.count("connections"); ++i) {
        users.push_back(std::make_unique<http_user>(loop, work, given.port(), requests));
        loop.run_until([&] { return work.members() == users.size(); });
    }
    print(work.run());
}

} // namespace iothub::bench
