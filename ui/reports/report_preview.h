// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPixmap>
#include <QWidget>

#include <vector>

#include "ui/reports/report_layout.h"

namespace plumbline {

/// Pages below one another, as they will be printed. Paints those that are seen, each once.
class ReportPreview : public QWidget
{
    Q_OBJECT

public:
    explicit ReportPreview(QWidget* parent = nullptr);

    void showPages(ReportLayout layout);
    /// From the top of the widget to that of a page.
    int topOf(std::size_t page) const;
    const ReportLayout& pages() const { return m_layout; }
    int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    double scale() const;
    double pageHeight() const;
    const QPixmap& pictureOf(std::size_t page);

    ReportLayout m_layout;
    std::vector<QPixmap> m_pictures; ///< by page; empty: not painted yet
};

} // namespace plumbline
