<?xml version="1.0" encoding="utf-8"?>
<!-- Keeps of Scouthook.xml what the contract describes: payload types and their members. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="xml" encoding="utf-8" indent="no" />
  <xsl:strip-space elements="doc members member" />

  <xsl:template match="/">
    <members>
      <xsl:apply-templates select="doc/members/member[
        ((starts-with(@name, 'T:Scouthook.Payloads.') or starts-with(@name, 'P:Scouthook.Payloads.'))
          and not(contains(@name, '.Json.')))]" />
    </members>
  </xsl:template>

  <xsl:template match="member">
    <member name="{@name}">
      <xsl:copy-of select="summary | value | remarks" />
    </member>
  </xsl:template>
</xsl:stylesheet>
