#include "emulator/core/transfers/block_writer.hpp"

namespace iothub::core {

void block_writer::write(blob_container::done answered) {
    std::string block = gathered_.substr(0, max_block);
    gathered_.erase(0, block.size());
    container_.put_block(blob_, blocks_++, std::move(block), std::move(answered));
}

void block_writer::finish(blob_container::done answered) {
    if (gathered_.empty()) {
        container_.commit_blocks(blob_, blocks_, std::move(answered));
        return;
    }
    write([this, answered = std::move(answered)](const result<>& answer) {
        if (answer) {
            finish(answered);
        } else {
            answered(answer);
        }
    });
}

} // namespace iothub::core
