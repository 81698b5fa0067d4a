// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace plumbline::test {

/// Where things are on this machine, compiled into one file: no other object knows it, so that what one clone compiled
/// serves another. Without a slash at the end.
QString sourceFolder();
/// Samples and truths that are not part of the project; may not be there.
QString sharedFolder();
/// The executable `plumbline` of this build.
QString program();

} // namespace plumbline::test
