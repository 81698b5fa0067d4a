// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/places.h"

namespace plumbline::test {

QString sourceFolder()
{
    return QStringLiteral(PLUMBLINE_SOURCE_DIR);
}

QString sharedFolder()
{
    return QStringLiteral(PLUMBLINE_SHARED_DIR);
}

QString program()
{
    return QStringLiteral(PLUMBLINE_PROGRAM);
}

} // namespace plumbline::test
