"""Words that say nothing by themselves, folded, by language."""

from typing import Final

_DE: Final = """
aber alle allem allen aller alles als also am an andere anderen anderer anderes auch auf aus bei
beide beiden beim bin bis bist da dabei dafur damit daran darauf daraus darin darum das dass dazu
dein dem den denn der deren des dessen die dies diese diesem diesen dieser dieses doch dort durch
ein eine einem einen einer eines er es etwas fur gegen gibt hab habe haben hat hatte hier ich ihr
ihre ihrem ihren ihrer im immer in ins ist ja jede jedem jeden jeder jedes jemand jetzt kann kaum
kein keine keinem keinen keiner konnen konnte konnten mal man mehr mein mich mir mit muss mussen
musste mussten nach neben nebenbei nicht nichts niemand niemanden noch nur ob oder oft ohne sehr
sein seine seinem seinen seiner seit sich sie sind so soll sollen sollte sollten sondern statt uber
um und uns unser unsere unserem unseren unserer unter viel viele vielen vom von vor wann war waren
warum was weil welche welchem welchen welcher welches wem wen wenig wenn wer werden wie wieder wir
wird wo wurde wurden zu zum zur zwischen
"""
_EN: Final = """
a about above after all also am an and any are as at be because been being below between both but
by can cannot could did do does doing done down each every everybody everyone few for from get had
has have having he her here him his how if in into is it its just let like make makes many may me
might more most much must my no nobody none nor not of off on once one only or other our ours out
over own per should so some somebody someone such than that the their them then there these they
this those through to too two under until up us very was we were what when where which while who
whom whose why will with within without would you your
"""
_FR: Final = """
a afin ai ainsi alors apres au aucun aucune aussi autre autres aux avant avec avoir bien c car ce
ceci cela celle celles celui ces cet cette ceux chaque ci comme comment d dans de des deux depuis
devrait devraient doit doivent donc dont du elle elles en encore entre est et etaient etait etant
ete etre eu eux fait faire faut font il ils j je l la laquelle le lequel les leur leurs lui m ma
mais me meme memes mes moi moins mon n ne ni nos notre nous on ont ou par parce pas peu peut peuvent
personne plus plusieurs pour pourquoi pourrait pourraient presque qu quand que quel quelle quelles
quelqu quels qui quoi rien s sa sans se ses seul seuls si soit sont sous sur surtout t ta te tes
toi ton tous tout toute toutes tres trop tu un une va vers voici vos votre vous y
"""
_IT: Final = """
a abbiamo ad agli ai al alla alle allo altra altre altri altro anche ancora avere c che chi ci come
con contro cosa cui d da dagli dai dal dalla dalle dallo degli dei del della delle dello di dopo
dove dovrebbe dovrebbero due e ecco ed entrambe entrambi era erano essere fa far fare fra fuori
gia gli ha hanno ho i il in io l la le lei li lo loro lui ma mai mi mia mie miei mio molta molte
molti molto ne negli nei nel nella nelle nello nessun nessuna nessuno noi non nostra nostre nostri
nostro o ogni oltre ora per perche pero piu poco poi possono potrebbe potrebbero prima proprie
propri propria proprio puo qua qualche qualcuno quale quali quando quanto quasi quella quelle
quelli quello questa queste questi questo qui se sei senza si sia siamo siano sono soprattutto
sopra sotto sta stata stati stato su sua sue sugli sui sul sulla sulle sullo suo suoi tra troppa
troppo tu tutta tutte tutti tutto un una uno va vi voi
"""
_SL: Final = """
a ali ampak bi bil bila bile bili bilo bo bodo bolj brez ce cez da do drug druga druge drugi drugo
ena eno en enega za zato zelo z zaradi zdaj zlasti ga gre ima imajo imamo imeti in iz ja jaz je jih
jim jo kaj kajti kako kaksen kaksna kaksno kakor kar kateri katera katero kdaj kdo kdor ker ki kje
ko koga komaj kot lahko le malo manj me med mi moj mora morajo moral morala morali moramo mnogi na
nad naj najbolj nam nas nasa nase nasi nasih nek neka nekaj nekdo ni nic niha nihce nima nimajo
nimamo nismo niso njegov njen njih njihov o ob oba obeh obe od okoli on ona oni pa po pod posebej
pogosto poleg potem povsod prav pred predvsem prek preko premalo prevec pri proti s sama sam se sem
si skoraj skozi smo so sta ste svoj svoja svoje svojega svojo svojih ta tako tam te tega tem temu
ti tiste tisti to toda torej tu tudi tukaj v vam vas ve vec vedno veliko vendar ves vi vsa vsak
vsaka vsako vse vsem vsi
"""
STOP_WORDS: Final = {
    language: frozenset(text.split())
    for language, text in (("de", _DE), ("en", _EN), ("fr", _FR), ("it", _IT), ("sl", _SL))
}
