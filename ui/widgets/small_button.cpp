// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/small_button.h"

#include <QLayout>
#include <QPushButton>

namespace plumbline {

QPushButton* smallButton(const QString& text, const QString& name, QLayout& row)
{
    auto* button = new QPushButton(text);
    button->setAccessibleName(name);
    button->setToolTip(name);
    button->setAutoDefault(false);
    row.addWidget(button);
    return button;
}

} // namespace plumbline
