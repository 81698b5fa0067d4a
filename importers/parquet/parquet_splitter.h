// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "importers/input/record_reader.h"
#include "importers/parquet/parquet.h"

namespace plumbline::input {

/// The rows of a Parquet file as records. It reads the file itself, not from the Buffer it is given.
std::unique_ptr<Splitter> parquetSplitter(parquet::Reader reader);

} // namespace plumbline::input
