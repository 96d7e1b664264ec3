#include "emulator/net/name_lookup.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <atomic>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

namespace iothub::net {

namespace {

std::atomic<int> threads = 0;

error cannot_look_up() {
    return {errc::server_error, "too many host names are being looked up"};
}

} // namespace

// The thread posts its answer while it holds the mutex, so that nobody's executor is used once the
// lookup is gone.
struct name_lookup::request : std::enable_shared_from_this<request> {
    std::mutex mutex;
    std::optional<boost::asio::any_io_executor> executor; // nothing: nobody wants the answer
    handler done;

    void answer(result<addresses> found) {
        const std::lock_guard lock(mutex);
        if (executor) {
            boost::asio::post(*executor, [self = shared_from_this(), found = std::move(found)] {
                if (const handler call = std::exchange(self->done, nullptr)) {
                    call(found);
                }
            });
        }
    }

    void abandon() {
        const std::lock_guard lock(mutex);
        executor.reset();
        done = nullptr;
    }

    void ask(const resolver& resolve, const std::string& host, std::uint16_t port) {
        if (++threads > max_threads) {
            --threads;
            answer(cannot_look_up());
            return;
        }
        try {
            std::thread([self = shared_from_this(), resolve, host, port] {
                self->answer(resolve(host, port));
                --threads;
            }).detach();
        } catch (const std::system_error&) {
            --threads;
            answer(cannot_look_up());
        }
    }
};

result<name_lookup::addresses> name_lookup::ask_system(const std::string& host,
                                                       std::uint16_t port) {
    boost::asio::io_context context;
    boost::system::error_code failure;
    const auto found =
        boost::asio::ip::tcp::resolver(context).resolve(host, std::to_string(port), failure);
    if (failure) {
        return error{errc::server_error, failure.message()};
    }
    addresses all;
    for (const auto& entry : found) {
        all.push_back(entry.endpoint());
    }
    return all;
}

name_lookup::name_lookup(const boost::asio::any_io_executor& executor, const std::string& host,
                         std::uint16_t port, handler done, resolver ask)
    : request_(std::make_shared<request>()) {
    request_->executor = executor;
    request_->done = std::move(done);
    request_->ask(ask, host, port);
}

name_lookup::~name_lookup() {
    request_->abandon();
}

} // namespace iothub::net
