#include "emulator/core/transfers/container_access.hpp"

#include <utility>

namespace iothub::core {

namespace {

using done = blob_container::done;

// Ends with an error that begins with `what`, or goes on.
done step(std::string what, done end, std::function<void()> next) {
    return [what = std::move(what), end = std::move(end),
            next = std::move(next)](const result<>& answer) {
        if (answer) {
            next();
        } else {
            end(error{errc::blob_container_validation_error, what + answer.error().message});
        }
    };
}

} // namespace

void check_output(blob_container& container, const std::string& probe, done end) {
    const auto succeed = [end] { end({}); };
    const auto may_list = [&container, end, succeed] {
        container.list(step("Unauthorized to list the output blob container. ", end, succeed));
    };
    const auto may_delete = [&container, probe, end, may_list] {
        container.remove(
            probe, step("Unauthorized to delete from the output blob container. ", end, may_list));
    };
    const auto may_read = [&container, probe, end, may_delete] {
        const auto next =
            step("Unauthorized to read from the output blob container. ", end, may_delete);
        container.read(probe, {0, 1}, [next](const result<blob_piece>& piece) {
            next(piece ? result<>() : piece.error());
        });
    };
    const auto may_write =
        step("Unauthorized to write to the output blob container. ", end, may_read);
    container.put_block(probe, 0, "The hub tries what it may do here.",
                        [&container, probe, may_write](const result<>& answer) {
                            if (answer) {
                                container.commit_blocks(probe, 1, may_write);
                            } else {
                                may_write(answer);
                            }
                        });
}

void check_input(blob_container& container, const std::string& blob, done end) {
    const auto may_list = [&container, end] {
        container.list(
            step("Unauthorized to list the input blob container. ", end, [end] { end({}); }));
    };
    const auto next = step("Unable to read from the input blob container. ", end, may_list);
    container.read(blob, {0, 1}, [next](const result<blob_piece>& piece) {
        next(piece ? result<>() : piece.error());
    });
}

} // namespace iothub::core
