"""What is laid before an allocation meeting: rows and sentences, for the page and the workbook."""
