#include "emulator/http_codec/request_reader.hpp"

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <algorithm>
#include <functional>
#include <utility>

#include "common/letter_case.hpp"

namespace iothub::http_codec {

namespace beast = boost::beast::http;

namespace {

std::string text_of(boost::beast::string_view view) {
    return {view.data(), view.size()};
}

// Of a request line; what is none of its parts is for the parser to find.
std::string_view target_of(std::string_view head) {
    const std::string_view line = head.substr(0, head.find('\r'));
    const std::size_t begin = std::min(line.find(' '), line.size() - 1) + 1;
    return line.substr(begin, line.find(' ', begin) - begin);
}

refusal explain(const boost::system::error_code& failure) {
    if (failure == beast::error::body_limit) {
        return {413, "The body is too large."};
    }
    if (failure == beast::error::bad_content_length ||
        failure == beast::error::multiple_content_length ||
        failure == beast::error::bad_transfer_encoding) {
        return {400, "The length of the body is not clear."};
    }
    return {400, "The request is malformed: " + failure.message() + "."};
}

// A body that would have to be decoded.
bool is_coding(const field& f) {
    return equal_ignoring_case(f.name, "Content-Encoding") &&
           !equal_ignoring_case(f.value, "identity");
}

// The rules that the parser leaves to its user.
std::optional<refusal> check_head(const request& r) {
    if (r.headers.count("Host") != 1) {
        return refusal{400, "There must be one Host field."};
    }
    const std::string* transfer = r.headers.find("Transfer-Encoding");
    if (transfer != nullptr && !equal_ignoring_case(*transfer, "chunked")) {
        return refusal{400, "No transfer encoding but chunked is known."};
    }
    if (std::ranges::any_of(r.headers, is_coding)) {
        return refusal{415, "No content encoding but identity is known."};
    }
    return std::nullopt;
}

} // namespace

// One message going through Beast's parser. The head is given to it whole, the body as it comes.
class request_reader::message {
public:
    explicit message(const message_limits& limits)
        : body_of_(limits.body_of) {
        parser_.eager(false);
        parser_.header_limit(static_cast<std::uint32_t>(limits.head.block + limits.chunk_line));
        parser_.body_limit(limits.body);
        check_chunk_ = [limit = limits.chunk_line](std::uint64_t, boost::beast::string_view more,
                                                   boost::system::error_code& failure) {
            failure = more.size() > limit ? beast::error::bad_chunk_extension
                                          : boost::system::error_code();
        };
        parser_.on_chunk_header(check_chunk_);
    }

    // How many bytes were taken; all that can be used of them.
    std::size_t put(std::string_view bytes) {
        std::size_t taken = 0;
        boost::system::error_code failure;
        while (!failure && !parser_.is_done() && taken < bytes.size()) {
            const std::string_view rest = bytes.substr(taken);
            taken += parser_.put(boost::asio::buffer(rest.data(), rest.size()), failure);
        }
        if (failure && failure != beast::error::need_more) {
            fault_ = explain(failure);
        }
        return taken;
    }

    // Takes the head alone.
    void put_head(std::string_view head) {
        if (body_of_ != nullptr) {
            parser_.body_limit(body_of_(target_of(head)));
        }
        boost::system::error_code failure;
        parser_.put(boost::asio::buffer(head.data(), head.size()), failure);
        if (failure) {
            fault_ = explain(failure);
            return;
        }
        read_fields();
        fault_ = check_head(request_);
    }

    const std::optional<refusal>& fault() const { return fault_; }
    bool done() const { return parser_.is_done(); }
    std::size_t body_bytes() const { return parser_.get().body().size(); }

    bool expects_continue() const {
        const std::string* expectation = request_.headers.find("Expect");
        return expectation != nullptr && equal_ignoring_case(*expectation, "100-continue");
    }

    request take_request() {
        request_.body = std::move(parser_.get().body());
        return std::move(request_);
    }

private:
    // Trailers come later and are not taken for header fields.
    void read_fields() {
        const auto& head = parser_.get();
        request_.method = text_of(head.method_string());
        request_.target = text_of(head.target());
        request_.keep_alive = parser_.keep_alive();
        request_.version_1_1 = head.version() >= 11;
        for (const auto& f : head) {
            request_.headers.add(text_of(f.name_string()), text_of(f.value()));
        }
    }

    std::size_t (*body_of_)(std::string_view target);
    beast::request_parser<beast::string_body> parser_;
    std::function<void(std::uint64_t, boost::beast::string_view, boost::system::error_code&)>
        check_chunk_;
    request request_;
    std::optional<refusal> fault_;
};

request_reader::request_reader(message_limits limits)
    : limits_(limits)
    , scanner_(limits.head) {}

request_reader::~request_reader() = default;

void request_reader::put(std::string_view bytes) {
    if (!fault_) {
        bytes_.erase(0, std::exchange(taken_, 0));
        bytes_.append(bytes);
    }
}

std::optional<request> request_reader::next() {
    if (fault_ || (!message_ && !read_head()) || !read_body()) {
        return std::nullopt;
    }
    request whole = message_->take_request();
    message_.reset();
    may_skip_line_ = true;
    continue_wish_ = false;
    return whole;
}

request_reader::phase request_reader::reading() const {
    if (message_) {
        return phase::body;
    }
    return has_unread_bytes() ? phase::head : phase::between_requests;
}

std::size_t request_reader::body_bytes() const {
    return message_ ? message_->body_bytes() : 0;
}

std::string request_reader::take_unread() {
    std::string rest(unread());
    take(rest.size());
    return rest;
}

bool request_reader::read_head() {
    if (may_skip_line_ && unread() == "\r") {
        return false;
    }
    if (may_skip_line_ && unread().starts_with("\r\n")) {
        take(2);
        may_skip_line_ = false;
    }
    const bool whole = scanner_.scan(unread());
    if (scanner_.fault()) {
        refuse(*scanner_.fault());
    }
    if (!whole) {
        return false;
    }
    message_ = std::make_unique<message>(limits_);
    message_->put_head(unread().substr(0, scanner_.size()));
    take(scanner_.size());
    scanner_ = head_scanner(limits_.head);
    if (message_->fault()) {
        refuse(*message_->fault());
        return false;
    }
    continue_wish_ = !message_->done() && !has_unread_bytes() && message_->expects_continue();
    return true;
}

bool request_reader::read_body() {
    if (!message_->done()) {
        take(message_->put(unread()));
    }
    if (message_->fault()) {
        refuse(*message_->fault());
    } else if (!message_->done() && unread().size() > limits_.chunk_line) {
        refuse({400, "A chunk's size line or the trailer is too long."});
    }
    return !fault_ && message_->done();
}

void request_reader::refuse(refusal why) {
    fault_ = std::move(why);
    message_.reset();
    take(unread().size());
}

// An idle connection holds no large buffer.
void request_reader::take(std::size_t count) {
    taken_ += count;
    if (taken_ == bytes_.size()) {
        taken_ = 0;
        bytes_.clear();
        if (bytes_.capacity() > 4096) {
            bytes_.shrink_to_fit();
        }
    }
}

} // namespace iothub::http_codec
