#include "emulator/core/transfers/line_reader.hpp"

namespace iothub::core {

void line_reader::fetch(blob_container::done answered) {
    container_.read(blob_, {read_, piece_size},
                    [this, answered = std::move(answered)](const result<blob_piece>& piece) {
                        if (!piece) {
                            answered(piece.error());
                            return;
                        }
                        take(*piece);
                        answered({});
                    });
}

// A blob that shrank meanwhile ends where nothing comes any more.
void line_reader::take(const blob_piece& piece) {
    lines_.put(piece.bytes);
    read_ += piece.bytes.size();
    size_ = piece.blob_size;
    complete_ = read_ >= size_ || piece.bytes.empty();
    if (complete_) {
        lines_.finish();
    }
}

int line_reader::percent() const {
    return size_ == 0 ? 0 : static_cast<int>(100 * read_ / size_);
}

} // namespace iothub::core
