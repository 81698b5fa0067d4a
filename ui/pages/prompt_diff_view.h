// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTextBrowser>

#include "model/items/prompt_diff.h"

namespace plumbline {

/// Two prompts side by side, with what differs marked.
class PromptDiffView : public QTextBrowser
{
    Q_OBJECT

public:
    explicit PromptDiffView(QWidget* parent = nullptr);

    /// `says`: what the pair shows; the titles name the two calls.
    void show(const PromptDiff& diff, const QString& says, const QString& leftTitle, const QString& rightTitle);
    void showText(const QString& text);

protected:
    void changeEvent(QEvent* event) override;

private:
    void fill();

    PromptDiff m_diff;
    QString m_says, m_leftTitle, m_rightTitle;
    qsizetype m_mostRows = 0; ///< more where they are asked for
};

} // namespace plumbline
