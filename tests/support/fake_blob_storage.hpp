#pragma once
// Blob storage in memory. What is asked of it waits until a test lets it answer.

#include <algorithm>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "emulator/core/transfers/blob_container.hpp"

namespace iothub::test {

class fake_blob_storage final : public core::blob_containers {
public:
    std::map<std::string, std::string> blobs; // by their names
    std::set<std::string> forbidden;          // "put", "commit", "read", "remove", "list"
    std::vector<std::string> asked;           // "put devices.txt", "list" …
    std::size_t largest_block = 0;

    // A text that holds "bad" is no URI.
    result<std::unique_ptr<core::blob_container>> open(const std::string& uri) override {
        if (uri.find("bad") != uri.npos) {
            return error{errc::blob_container_validation_error, "must be a URI."};
        }
        return std::unique_ptr<core::blob_container>(std::make_unique<container>(*this));
    }

    bool waits() const { return !waiting_.empty(); }

    // Answers what was asked first.
    void answer() {
        const auto next = std::move(waiting_.front());
        waiting_.pop_front();
        next();
    }

private:
    class container final : public core::blob_container {
    public:
        explicit container(fake_blob_storage& storage)
            : storage_(storage) {}

        void put_block(const std::string& blob, std::size_t number, std::string bytes,
                       done answered) override {
            storage_.largest_block = std::max(storage_.largest_block, bytes.size());
            ask("put", blob, std::move(answered),
                [this, blob, number, bytes] { blocks_[blob][number] = bytes; });
        }

        void commit_blocks(const std::string& blob, std::size_t count, done answered) override {
            ask("commit", blob, std::move(answered), [this, blob, count] {
                std::string whole;
                for (std::size_t i = 0; i < count; ++i) {
                    whole += blocks_[blob].at(i);
                }
                storage_.blobs[blob] = whole;
                blocks_.erase(blob);
            });
        }

        void read(const std::string& blob, core::byte_range range, piece_taken taken) override {
            const auto ended = [this, blob, range, taken](const result<>& outcome) {
                if (!outcome || !storage_.blobs.contains(blob)) {
                    taken(outcome ? refusal(404) : outcome.error());
                    return;
                }
                const std::string& text = storage_.blobs[blob];
                taken(core::blob_piece{
                    text.substr(std::min<std::size_t>(range.first, text.size()), range.length),
                    text.size()});
            };
            ask("read", blob, ended, [] {});
        }

        void remove(const std::string& blob, done answered) override {
            ask("remove", blob, std::move(answered), [this, blob] { storage_.blobs.erase(blob); });
        }

        void list(done answered) override {
            ask("list", "", std::move(answered), [] {});
        }

    private:
        static error refusal(int status) {
            return {errc::blob_container_validation_error,
                    "The storage answered " + std::to_string(status) + "."};
        }

        void ask(const std::string& what, const std::string& blob, done answered,
                 std::function<void()> act) {
            storage_.asked.push_back(blob.empty() ? what : what + " " + blob);
            storage_.waiting_.push_back(
                [this, what, answered, act, alive = std::weak_ptr<int>(alive_)] {
                    if (alive.expired()) {
                        return;
                    }
                    if (storage_.forbidden.contains(what)) {
                        answered(refusal(403));
                        return;
                    }
                    act();
                    answered({});
                });
        }

        fake_blob_storage& storage_;
        std::map<std::string, std::map<std::size_t, std::string>> blocks_;
        std::shared_ptr<int> alive_ = std::make_shared<int>();
    };

    std::deque<std::function<void()>> waiting_;
};

} // namespace iothub::test
